// Beside what the generator drew: what the discriminator thinks of it, of a real one, or of a person's own.
import { writeEdit } from "./edit.js";
import { decodeFrame } from "./frame.js";
import { listen } from "./input.js";
import { pathTo } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { sayThen, showScores } from "./scores.js";
import { stageOn } from "./stage.js";
import { asSeenIn } from "./view.js";

const MOST_LETTERS = 60; // of a text that is told

const brief = (text) => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text);

const modelOf = (context) => context.value()?.recipe?.model + " " + context.value()?.version;

/** The view in `.discriminator`; `refresh()` when another item is shown, `overlay()` when the stage was painted. */
export function discriminatorView(context) {
  const { root, view, speak } = context;
  const place = root.querySelector(".discriminator");
  place.hidden = false;
  root.classList.add("judging"); // from the beginning on, so that nothing jumps when the first word comes
  const find = (selector) => place.querySelector(selector);
  const stage = stageOn(find("canvas"));
  const given = find("input[type=file]");
  let chosen = null; // whose picture a person wants judged
  let usual = null; // whose is judged until then: without a map, a real one instead of the same picture again
  let model = null; // whose discriminator it is
  let number = 0; // of the real one
  let frame = null; // of the judged item
  let asked = 0; // how often for a person's own, to know the last answer by
  let own = null; // the person's file, with the question of which it was the subject
  listen(stage, context.act);
  new ResizeObserver(context.repaint).observe(stage.canvas);

  const redraws = redrawer({
    arrived: show,
    failed: (problem) => forget(sayProblem(problem, speak)),
    busy: (on) => place.toggleAttribute("aria-busy", on),
  });

  const whose = () => chosen ?? usual;

  function choose(name) {
    chosen = name;
    asked += 1; // what is still being judged is not wanted any more
    refresh(true);
  }

  /** What was said of another question goes. */
  function forget(text) {
    asked += 1;
    if (own) own.of = null;
    frame = null;
    say(text);
    context.repaint();
  }

  function refresh(anew = false) {
    const path = view.frame ? pathTo("judged", context, { edit: writeEdit(view.edit) }) : null;
    if (model !== modelOf(context)) [model, usual] = [modelOf(context), "made"];
    for (const button of find(".whose").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.dataset.name === whose());
      button.disabled = !path;
    }
    find(".whose [data-name='own']").hidden = Boolean(view.frame && !view.frame.pictures); // it can only be a picture
    if (!path && view.frame) {
      redraws.wish(null);
      sayOfThen();
    }
    if (!path) return;
    if (whose() === "own") {
      redraws.wish(null);
      if (anew || own.of !== subject()) judgeOwn(path);
    } else redraws.wish(whose() === "made" ? path : `${path.replace("/judged/", "/real/")}&number=${number}`);
  }

  /** Of an earlier moment there is what came with its frame. */
  function sayOfThen() {
    const scores = view.stand ? null : view.frame.header.scores;
    forget(speak(view.stand ? "judge_between" : "judge_past"));
    if (!scores) return;
    find(".word").textContent = sayThen(scores, view.chosen, speak);
    showScores(find(".scores"), scores, scores.made[view.chosen], speak);
  }

  /** What a person's own picture is judged as: of which model and class. */
  const subject = () => `${model} ${view.frame.header.labels?.[view.chosen]}`;

  async function judgeOwn(path) {
    forget("");
    own.of = subject();
    const mine = asked;
    context.busy(true);
    try {
      const address = new URL(path.replace(/^\/+/, ""), document.baseURI);
      const response = await fetch(address, { method: "POST", body: own.file });
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
    place.dataset.version = String(context.value()?.version); // what is said here is of what is shown
    find(".scores").hidden = true;
  }

  function show(judged) {
    const { logit, drawn, made, reals, attention, text, other } = judged.header.judged;
    usual = attention || !reals.length ? "made" : "real";
    if (usual === "real" && !chosen && drawn === undefined) return refresh();
    frame = judged;
    stage.take(frame, 0);
    const others = reals.length ? reals : made;
    const values = Object.fromEntries(Object.entries({ score: logit, drawn, lowest: others[0], highest: others.at(-1) })
      .map(([name, value]) => [name, speak.number(value, 2)]));
    const more = other ? speak("judge_text", { text: brief(text), other: brief(other.text), score: speak.number(other.logit, 2) }) : "";
    const said = [speak(`judge_${whose()}` + (reals.length ? "" : "_alone"), values), more, attention ? "" : speak("judge_blind")];
    say(said.filter(Boolean).join(" "));
    showScores(find(".scores"), { made, reals }, logit, speak);
    context.repaint();
  }

  for (const button of find(".whose").querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (button.dataset.name === "own") return given.click();
      if (button.dataset.name === "real" && whose() === "real") number += 1;
      return choose(button.dataset.name);
    });
  }
  given.addEventListener("change", () => {
    if (!given.files[0]) return;
    own = { file: given.files[0], of: null };
    given.value = "";
    choose("own");
  });

  return {
    refresh: () => refresh(),
    overlay() {
      stage.canvas.style.visibility = frame ? "" : "hidden";
      if (frame) stage.paint(asSeenIn(view, frame));
    },
  };
}
