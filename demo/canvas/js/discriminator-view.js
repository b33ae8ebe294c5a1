// Beside what the generator drew: what the discriminator thinks of it, of a real one, or of a person's own.
import { make } from "./element.js";
import { decodeFrame } from "./frame.js";
import { listen } from "./input.js";
import { pathTo } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { stageOn } from "./stage.js";
import { asSeenIn } from "./view.js";

/** The view in `.discriminator`; `refresh()` when another item is shown, `overlay()` when the stage was painted. */
export function discriminatorView(context) {
  const { root, view, speak } = context;
  const place = root.querySelector(".discriminator");
  place.hidden = false;
  root.classList.add("judging"); // from the beginning on, so that nothing jumps when the first word comes
  const find = (selector) => place.querySelector(selector);
  const stage = stageOn(find("canvas"));
  const given = find("input[type=file]");
  let whose = "made";
  let number = 0; // of the real one
  let frame = null; // of the judged item
  let asked = 0; // how often for a person's own, to know the last answer by
  listen(stage, context.act);
  new ResizeObserver(context.repaint).observe(stage.canvas);

  const redraws = redrawer({
    arrived: show,
    failed: (problem) => say(sayProblem(problem, speak)),
    busy: (on) => place.toggleAttribute("aria-busy", on),
  });

  function choose(name) {
    whose = name;
    if (name !== "own") asked += 1; // what is still being judged is not wanted any more
    refresh(true);
  }

  function refresh(anew = false) {
    const path = view.frame ? pathTo("judged", context) : null;
    for (const button of find(".whose").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.dataset.name === whose);
    }
    find(".whose [data-name='own']").hidden = Boolean(view.frame && !view.frame.pictures); // it can only be a picture
    if (!path && view.frame) {
      redraws.wish(null);
      frame = null;
      say(speak("judge_past"));
    }
    if (!path || (whose === "own" && !anew)) return;
    if (whose === "made") redraws.wish(path);
    if (whose === "real") redraws.wish(realPath(path));
  }

  function realPath(path) {
    const label = new URLSearchParams(path.split("?")[1]).get("label");
    const of = label ? `&label=${encodeURIComponent(label)}` : "";
    return `${path.split("?")[0].replace("/judged/", "/real/")}?number=${number}${of}&v=${context.value().version}`;
  }

  async function judgeOwn(file) {
    const path = pathTo("judged", context);
    if (!path) return;
    const mine = ++asked;
    choose("own");
    asked = mine;
    frame = null;
    say("");
    context.repaint();
    context.busy(true);
    try {
      const response = await fetch(new URL(path.replace(/^\/+/, ""), document.baseURI), { method: "POST", body: file });
      const isSentence = (response.headers.get("content-type") ?? "").startsWith("text/plain");
      const answer = isSentence ? await response.text() : decodeFrame(await response.arrayBuffer());
      if (mine !== asked) return; // another picture was chosen meanwhile
      if (typeof answer === "string") say(answer);
      else show(answer);
    } catch {
      if (mine === asked) say(speak("canvas_failed"));
    } finally {
      context.busy(false);
    }
  }

  function say(text) {
    find(".word").textContent = text;
    find(".scores").hidden = true;
  }

  function show(judged) {
    frame = judged;
    stage.take(frame, 0);
    const { logit, made, reals, attention } = frame.header.judged;
    const others = reals.length ? reals : made;
    const values = { score: speak.number(logit, 2), lowest: speak.number(others[0], 2), highest: speak.number(others.at(-1), 2) };
    const blind = attention ? "" : " " + speak("judge_blind");
    find(".word").textContent = speak(reals.length ? `judge_${whose}` : `judge_${whose}_alone`, values) + blind;
    showScores(find(".scores"), logit, made, reals, speak);
    context.repaint();
  }

  for (const button of find(".whose").querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (button.dataset.name === "own") return given.click();
      if (button.dataset.name === "real" && whose === "real") number += 1;
      return choose(button.dataset.name);
    });
  }
  given.addEventListener("change", () => {
    if (given.files[0]) judgeOwn(given.files[0]);
    given.value = "";
  });

  return {
    refresh: () => refresh(),
    overlay() {
      stage.canvas.style.visibility = frame ? "" : "hidden";
      if (frame) stage.paint(asSeenIn(view, frame));
    },
  };
}

/** Scores on one line, higher to the right: what the generator draws, real ones, and this one. */
function showScores(place, logit, made, reals, speak) {
  const all = [...made, ...reals, logit];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (score) => `${4 + (92 * (score - low)) / Math.max(1e-6, high - low)}%`;
  const mark = (kind, score) => {
    const one = make("i", kind);
    one.style.left = at(score);
    return one;
  };
  place.hidden = false;
  place.querySelector(".axis").replaceChildren(
    ...made.map((score) => mark("made", score)), ...reals.map((score) => mark("real", score)), mark("this", logit),
  );
  place.setAttribute("aria-label", speak("judge_scores", { score: speak.number(logit, 2) }));
}
