// Where the points of a training lie, twenty times a second: fetched a few at a time, and shown one after another.

const TURN_MILLISECONDS = 250; // in which those of one answer are shown
const WAIT_MILLISECONDS = 300; // until it looks again whether there are any

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
 * Watch the training `run()` while `able()`, the numbers of whose points are `count()`, and tell the page of each glance.
 * @param {{run: () => string|null, able: () => boolean, count: () => number}} context
 */
export async function watchGlances({ run, able, count }) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  /** @param {number} milliseconds */
  const pass = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
  let [last, of] = [-1, run()]; // the step that was shown last, and whose it is

  async function fetched() {
    try {
      const answer = await fetch(`gradio_api/attngan/glances/${run()}`);
      return answer.status === 200 ? glancesOf(await answer.arrayBuffer(), count()) : [];
    } catch {
      return []; // the news tell that the server is away
    }
  }

  /** @param {{step: number, values: Float32Array}|null} glance */
  const tell = (glance) => window.dispatchEvent(new CustomEvent("attngan-glance", { detail: glance }));

  /** @param {{step: number, values: Float32Array}[]} glances */
  async function show(glances) {
    for (const glance of glances) {
      if (!able()) return;
      tell(glance);
      await pass(TURN_MILLISECONDS / glances.length);
    }
  }

  /** @type {{step: number, values: Float32Array}[]} */
  let found = [];
  for (;;) {
    if (!able() || document.hidden || !count()) {
      if (found.length) tell(null);
      found = [];
      await pass(WAIT_MILLISECONDS);
      continue;
    }
    if (of !== run() || (found.length && found.at(-1).step < last)) [last, of] = [-1, run()]; // another, or taken back
    const fresh = found.filter(({ step }) => step > last);
    last = fresh.at(-1)?.step ?? last;
    [found] = await Promise.all([fetched(), fresh.length ? show(fresh) : pass(TURN_MILLISECONDS)]);
  }
}
