// Where the points of a training lie, twenty times a second: fetched a few at a time, and shown one after another.

const TURN_MILLISECONDS = 250; // in which those of one answer are shown
const PATIENCE = 6; // turns without a glance, after which there is none
const WAIT_MILLISECONDS = 100; // until it looks again whether there are any

/**
 * The glances of an answer (attngan.run.glances), each of so many numbers.
 * @param {ArrayBuffer} buffer
 * @param {number} count
 */
export function glancesOf(buffer, count) {
  const size = 4 + 4 * count;
  if (!count || buffer.byteLength % size) return []; // of other points
  const view = new DataView(buffer);
  return Array.from({ length: buffer.byteLength / size }, (_, index) => {
    const start = index * size;
    const values = new Float32Array(count);
    values.forEach((_zero, number) => (values[number] = view.getFloat32(start + 4 + 4 * number, true)));
    return { step: view.getUint32(start, true), values };
  });
}

/**
 * Watch the training `run()` while `able()`, the numbers of whose points are `count()`, and tell the page of each glance;
 * with null that there is none any more.
 * @param {{run: () => string|null, able: () => boolean, count: () => number}} context
 */
export async function watchGlances({ run, able, count }) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  /** @param {number} milliseconds */
  const pass = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
  let last = 0; // the step that was shown last
  let isTold = false; // the page shows a glance
  /** @typedef {{step: number, values: Float32Array}} Glance */

  /** @param {Glance|null} glance */
  function tell(glance) {
    isTold = glance !== null;
    window.dispatchEvent(new CustomEvent("attngan-glance", { detail: glance }));
  }

  async function fetched() {
    const of = run();
    try {
      const answer = await fetch(`gradio_api/attngan/glances/${of}?after=${last}`);
      return answer.status === 200 && of === run() ? glancesOf(await answer.arrayBuffer(), count()) : [];
    } catch {
      return []; // the news tell that the server is away
    }
  }

  /** @param {Glance[]} glances @param {string|null} of */
  async function show(glances, of) {
    for (const glance of glances) {
      if (!able() || of !== run()) return;
      tell(glance);
      await pass(TURN_MILLISECONDS / glances.length);
    }
  }

  /** @type {Glance[]} */
  let found = [];
  let silent = 0; // turns without any
  let of = run();
  for (;;) {
    if (!able() || document.hidden || !count() || of !== run()) {
      if (isTold) tell(null);
      [found, last, of] = [[], 0, run()];
      await pass(WAIT_MILLISECONDS);
      continue;
    }
    silent = found.length ? 0 : silent + 1;
    if (silent === PATIENCE) { // taken back to an earlier step, or paused
      last = 0;
      if (isTold) tell(null);
    }
    last = found.at(-1)?.step ?? last;
    [found] = await Promise.all([fetched(), found.length ? show(found, of) : pass(TURN_MILLISECONDS)]);
  }
}
