// Another training beside the one in view: its pictures on the stage, and the figures of both in a table.
import { make, term } from "../../canvas/js/element.js";
import { writeMeasure } from "../../canvas/js/measure.js";
import { aligned } from "./align.js";
import { poller } from "./polling.js";
import { newRecord, take } from "./record.js";

/** @import { Speak } from "../../canvas/js/texts.js" */
/** @typedef {ReturnType<typeof newRecord>} Record */
/** @typedef {{label: string, explained: string, values: string[]}} Row  of the table, with what explains its name */

/**
 * Drives `place`; `own()` is what is known of the training in view.
 * @param {HTMLElement} place
 * @param {HTMLElement} element  in sight while the training is
 * @param {Speak} speak
 * @param {() => Record} own
 * @param {() => void} changed  the other one is in another state
 */
export function besideIn(place, element, speak, own, changed) {
  /** @type {{run: string, name: string}|null} */
  let rival = null;
  let record = newRecord("starting");
  let by = "time";
  let told = ""; // the last mapping that the canvas heard of
  let listed = ""; // names in the table
  const polling = poller(element, {
    arrived(news) {
      const { state } = record.known;
      take(record, news);
      if (news.state !== state) changed();
      if (!news.more) show();
    },
    gone: () => choose(null),
    silent() {},
  });

  const choices = ["time", "steps"].map((name) => {
    const button = make("button", "", speak(`race_by_${name}`));
    Object.assign(button, { type: "button", title: speak(`race_by_${name}_hint`) });
    button.dataset.name = name;
    button.addEventListener("click", () => {
      by = name;
      show();
    });
    return button;
  });
  const table = make("table", "");
  const group = make("div", "aligned", ...choices);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", speak("race_by"));
  place.append(group, table);

  /** @param {Record} one */
  const figures = ({ known, measured }) => {
    const values = Object.fromEntries((measured.at(-1) ?? []).slice(1).map((value, index) => [known.measures?.[index], value]));
    return { step: known.step, seconds: known.seconds, images_per_second: known.images_per_second, ...values };
  };

  function showFigures() {
    const [left, right] = [figures(own()), figures(record)];
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((key) => speak.has(`measure_${key}`));
    /** @type {(label: string, explained: string, values: (number|undefined)[], written: (value: number) => string) => Row} */
    const row = (label, explained, values, written) =>
      ({ label, explained, values: values.map((value) => (value === undefined ? "–" : written(value))) });
    /** @param {number} places */
    const to = (places) => (/** @type {number} */ value) => speak.number(value, places);
    const rows = [
      row(speak("race_steps"), "", [left.step, right.step], to(0)),
      row(speak("race_seconds"), "", [left.seconds, right.seconds], to(1)),
      row(speak("live_rate"), "", [left.images_per_second, right.images_per_second], to(0)),
      ...keys.map((key) => row(speak(`measure_${key}`), `explain_measure_${key}`, [left, right].map((one) => /** @type {any} */ (one)[key]),
        (value) => writeMeasure(key, value, speak, 3))),
    ];
    const heads = ["", own().known.name ?? "", rival?.name ?? ""];
    const labels = JSON.stringify([heads, rows.map(({ label }) => label)]);
    if (labels !== listed) { // what is there stays, so that a press or the focus on it outlasts the news
      listed = labels;
      table.replaceChildren(
        make("thead", "", make("tr", "", ...heads.map((head) => make("th", "", head)))),
        make("tbody", "", ...rows.map(({ label, explained, values }) =>
          make("tr", "", make("th", "", explained ? term(explained, label) : label), ...values.map(() => make("td", ""))))),
      );
    }
    const cells = table.querySelectorAll("td");
    rows.flatMap(({ values }) => values).forEach((value, index) => (cells[index].textContent = value));
  }

  function show() {
    place.hidden = !rival;
    for (const button of choices) button.setAttribute("aria-pressed", String(button.dataset.name === by));
    if (rival) showFigures();
    const detail = rival && {
      name: rival.name,
      url: `gradio_api/attngan/step/run-${rival.run}/{step}`,
      steps: aligned(own(), record, by),
    };
    const text = JSON.stringify(detail);
    if (text === told) return;
    told = text;
    window.dispatchEvent(new CustomEvent("attngan-beside", { detail }));
  }

  /** @param {{run: string, name: string}|null} wanted */
  function choose(wanted) {
    if (wanted?.run === rival?.run) return;
    rival = wanted;
    anew();
    show();
  }

  /** The one beside is told of from its beginning: it may go on. */
  function anew() {
    record = newRecord("starting");
    polling.follow(rival?.run ?? null);
  }

  return { choose, anew, show, run: () => rival?.run ?? null, record: () => record, hurry: polling.hurry };
}
