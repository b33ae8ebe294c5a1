// The Wander panel: how far the noise may go, the way from one sample to another, and what the model learnt from.
import { writeEdit } from "./edit.js";
import { term } from "./element.js";
import { singlesOf } from "./frame.js";
import { pathOfItem } from "./questions.js";
import { fetchFrame, fetchJson, sayProblem } from "./requests.js";
import { timelineOf } from "./timeline.js";

export function wanderPanel(context) {
  const { root, view, speak } = context;
  const find = (selector) => root.querySelector(".panel.wander " + selector);
  const target = find("#" + root.dataset.room + "-to");
  const [go, nearest] = [find(".buttons .quiet"), find(".block:last-of-type .quiet")];
  let asked = 0; // of several answers under way only the last is shown

  // -- truncation -------------------------------------------------------------------------------------------
  const slider = find(".truncation input");
  function sayTruncation() {
    slider.value = view.truncation;
    find(".truncation output").textContent = speak.number(view.truncation);
  }
  slider.addEventListener("input", () => {
    view.truncation = Number(slider.value);
    sayTruncation();
    context.fetchAgain();
  });

  // -- the way ----------------------------------------------------------------------------------------------
  const line = timelineOf(find(".timeline"), speak, {
    show(frame) {
      view.stand = frame;
      context.draw();
    },
    failed,
  });

  function failed(problem) {
    find(".outcome").textContent = sayProblem(problem, speak);
  }

  /** Path of a question about the chosen sample. */
  function pathOf(question, more = "") {
    const edit = writeEdit(view.edit) ? `&edit=${writeEdit(view.edit)}` : "";
    return pathOfItem(context.value(), view).replace("/frame/", `/${question}/`) + edit + more;
  }

  async function ask(work) {
    const mine = ++asked;
    find(".outcome").textContent = "";
    context.busy(true);
    try {
      const show = await work();
      if (mine === asked) show();
    } catch (problem) {
      if (mine === asked) failed(problem);
    }
    context.busy(false);
  }

  go.addEventListener("click", () => ask(async () => {
    const from = view.chosen;
    const to = Number(target.value);
    const frame = await fetchFrame(pathOf("way", `&last=${view.frame.header.seeds[to]}`));
    const frames = singlesOf(frame);
    return () => {
      const say = (index) => speak("wander_at", {
        share: speak.percent(index / (frames.length - 1)), from: from + 1, to: to + 1,
      });
      line.offer({ steps: frames.slice(1).map((_, index) => index), frames, say }, frames.at(-1));
      line.play();
    };
  }));

  // -- what it learnt from --------------------------------------------------------------------------------------
  nearest.addEventListener("click", () => ask(async () => {
    const found = await fetchJson(pathOf("nearest"));
    return () => {
      find(".learnt").replaceChildren(...found.pictures.map((address, index) => {
        const figure = document.createElement("figure");
        const image = document.createElement("img");
        const caption = document.createElement("figcaption");
        image.src = address;
        image.alt = speak("wander_learnt_picture", { number: index + 1 });
        caption.append(term("wander_distance_hint", speak.number(found.distances[index])));
        figure.append(image, caption);
        return figure;
      }));
      find(".learnt-credit").textContent = found.credit;
    };
  }));

  function clear() {
    asked += 1;
    line.offer(null, null);
    find(".learnt").replaceChildren();
    find(".learnt-credit").textContent = "";
    find(".outcome").textContent = "";
  }

  return {
    changed() {
      clear();
      const possible = context.isPresent() && Boolean(context.value()?.single) && view.frame.count > 1;
      go.disabled = target.disabled = !possible;
      if (!context.isPresent()) find(".outcome").textContent = speak("wander_past");
      nearest.disabled = !possible || !view.frame.pictures; // what is near is a picture of the training set
      find(".from").textContent = speak("wander_from", { number: view.chosen + 1 });
      const others = [...Array(view.frame.count).keys()].filter((index) => index !== view.chosen);
      const before = Number(target.value);
      target.replaceChildren(...others.map((index) => new Option(speak("wander_sample", { number: index + 1 }), String(index))));
      target.value = others.includes(before) ? before : (view.chosen + 1) % view.frame.count;
    },
    refresh: sayTruncation,
  };
}
