// What is measured of the drawn pictures while a network learns: three numbers, and the distance as a curve.
const NAMES = ["distance", "variety", "memorisation"]; // the columns after the seconds

/**
 * @param {HTMLElement} root
 * @param {import("./curves.js").History} measured  rows [seconds, distance, variety, memorisation]
 * @param {import("../../canvas/js/texts.js").Speak} speak
 * @param {import("./curves.js").Duration} duration
 */
export function drawQuality(root, measured, speak, duration) {
  const figure = root.querySelector("#train-distances");
  const last = measured[measured.length - 1] ?? [];
  NAMES.forEach((name, index) => {
    root.querySelector(`#train-${name}`).textContent = speak.number(last[index + 1]);
  });
  figure.classList.toggle("silent", measured.length < 2);
  if (measured.length < 2) return;
  const distances = measured.map((row) => row[1]);
  const [from, until] = [measured[0][0], last[0]];
  const high = Math.max(...distances, 0.1);
  const low = Math.min(...distances, 0); // unbiased, so a little below 0 may come
  /** @param {number} seconds */
  const x = (seconds) => ((1000 * (seconds - from)) / (until - from || 1)).toFixed(1);
  /** @param {number} value */
  const y = (value) => ((100 * (high - value)) / (high - low)).toFixed(1);
  const line = measured.map((row) => `${x(row[0])},${y(row[1])}`).join(" ");
  figure.querySelector("polyline").setAttribute("points", line);
  figure.querySelector(".zero").setAttribute("y1", y(0));
  figure.querySelector(".zero").setAttribute("y2", y(0));
  figure.querySelector(".top").textContent = speak.number(high, 1);
  figure.querySelector(".bottom").textContent = speak.number(low, 1);
  figure.querySelector(".until").textContent = duration(until);
  const values = { seconds: duration(until), first: speak.number(distances[0]), last: speak.number(last[1]) };
  figure.querySelector("svg").setAttribute("aria-label", speak("live_distances_said", values));
}
