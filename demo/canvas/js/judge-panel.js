// The discriminator's word on the chosen picture or on a person's own, and its attention on the stage.
import { pathTo } from "./questions.js";
import { make, term } from "./element.js";
import { decodeFrame } from "./frame.js";
import { paintThumbnail } from "./stages.js";
import { fitLayer } from "./view.js";

/** `about(judged)` is the part of a panel that tells it; `refresh()` keeps the line over the stage true. */
export function judgePanel(context) {
  const { root, view, speak } = context;
  const line = root.querySelector(".whose");
  const back = line.querySelector("button");
  const answered = make("p", "outcome");
  const own = make("div", "own");
  let asked = 0; // how often, to know the last answer by
  let standsOwn = false; // on the stage is a person's own picture

  function stand(frame) {
    view.stand = frame;
    fitLayer(view);
    context.draw();
  }

  async function look(file) {
    const path = pathTo("judged", context);
    if (!path) return;
    answered.textContent = "";
    if (file) forgetOwn();
    const mine = ++asked;
    context.busy(true);
    try {
      const address = new URL(path.replace(/^\/+/, ""), document.baseURI);
      const response = await fetch(address, file ? { method: "POST", body: file } : {});
      const isSentence = (response.headers.get("content-type") ?? "").startsWith("text/plain");
      const answer = isSentence ? await response.text() : await response.arrayBuffer();
      if (mine !== asked) return; // another picture was chosen meanwhile
      if (typeof answer === "string") answered.textContent = answer;
      else arrived(decodeFrame(answer), Boolean(file));
    } catch {
      if (mine === asked) answered.textContent = speak("canvas_failed");
    } finally {
      context.busy(false);
    }
  }

  /** What was said of the picture before is not true of the next one. */
  function forgetOwn() {
    own.replaceChildren();
    if (standsOwn) leaveStage();
  }

  function leaveStage() {
    standsOwn = false;
    view.stand = null;
    fitLayer(view);
    context.show();
  }

  function arrived(frame, isOwn) {
    const { judged } = frame.header;
    if (isOwn) {
      own.replaceChildren(paintThumbnail(make("canvas"), frame, 0), make("p", "", wordOf("know_judged_own", judged, speak)));
    }
    if (!frame.layers.length) return;
    standsOwn = isOwn;
    line.firstElementChild.textContent = speak(isOwn ? "know_standing_own" : "know_standing");
    stand(frame);
  }

  back.addEventListener("click", () => {
    leaveStage();
    root.querySelector(".picture").focus();
  });

  return {
    about(judged) {
      const given = make("input");
      given.type = "file";
      given.accept = "image/*";
      given.addEventListener("change", () => {
        if (given.files[0]) look(given.files[0]);
        given.value = "";
      });
      const choose = make("label", "quiet", speak("know_own"), given);
      const show = make("button", "quiet", speak("know_show"));
      show.type = "button";
      show.addEventListener("click", () => look(null));
      const parts = view.frame.pictures ? [choose] : []; // one's own can only be a picture
      if (judged.attention) parts.unshift(show);
      answered.textContent = "";
      own.replaceChildren();
      return make("section", "judge",
        make("h3", "", term("explain_judged", speak("know_discriminator"))),
        make("p", "", wordOf("know_judged", judged, speak)),
        ...(judged.attention ? [] : [make("p", "quietly", speak("know_blind"))]),
        make("div", "buttons", ...parts), answered, own);
    },
    refresh() {
      line.hidden = !view.stand?.header.judged;
    },
  };
}

function wordOf(key, judged, speak) {
  const number = (name) => speak.number(judged[name], 2);
  return speak(key, { logit: number("logit"), lowest: number("lowest"), highest: number("highest"), count: judged.count });
}
