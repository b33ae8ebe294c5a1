// The Effect panel: what attention does in the chosen picture, and beside it whether it helped the network to learn.
import { showBenefit } from "./benefit.js";
import { showFacts } from "./facts.js";
import { asker, pathTo } from "./questions.js";

export function effectPanel(context) {
  const { root, view, speak } = context;
  const [know, help] = root.querySelectorAll(".panel.effect .block");
  let open = false;

  const ask = asker(speak, {
    arrived: (facts) => showFacts(know, facts, speak),
    failed: (problem) => (know.querySelector(".verdict").textContent = problem),
  });

  return {
    opened: (isOpen) => (open = isOpen),
    refresh() {
      const { study } = context.value() ?? {};
      const path = pathTo("facts", context);
      know.hidden = !view.frame?.layers.length;
      for (const part of know.querySelectorAll(".verdict, details")) part.hidden = !path;
      know.querySelector(".past").hidden = Boolean(path);
      help.hidden = !study;
      if (!open) return;
      if (path && !know.hidden) ask(path);
      if (study) showBenefit(help, study, speak);
    },
  };
}
