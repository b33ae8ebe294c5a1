// Asks for the news of one training for as long as there can be any: never in a hidden page, seldom behind a tab.
const EAGER = 40; // ms between two questions after somebody asked the training for something
const EAGER_FOR = 1500; // ms
const LIVE = 350; // ms between two questions while a training runs, where few watch
const SLOW = 1500; // ms while it waits, or while another tab of the page is open
const AGAIN = [1000, 2000, 4000, 8000]; // ms until the next try when the server does not answer
const ENDED = ["finished", "stopped", "failed", "interrupted"];

/** @param {string} state */
export const hasEnded = (state) => ENDED.includes(state);

/** Whether all that was asked for is done or given up: what was interrupted goes on with the rest. @param {string} state */
export const isOver = (state) => hasEnded(state) && state !== "interrupted";

/**
 * A poller: `follow(run)` asks from the run's beginning on and hands each answer to `arrived`, a run that is not
 * known to `gone`, and silence to `silent`. `follow(null)` asks no more, `hurry()` asks at once and often for a while.
 * @param {HTMLElement} element
 * @param {{arrived: (news: any) => void, gone: () => void, silent: () => void}} hear
 */
export function poller(element, { arrived, gone, silent }) {
  /** @type {string|null} */
  let run = null;
  let cursor = 0;
  let failures = 0;
  let eagerUntil = 0;
  let latest = 0; // number of the last question: an answer to one before it comes too late
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    const asked = run;
    const mine = ++latest;
    if (!asked || document.hidden) return;
    let wait = SLOW;
    try {
      const path = `gradio_api/attngan/news/${encodeURIComponent(asked)}?after=${cursor}`;
      const response = await fetch(new URL(path, document.baseURI), { cache: "no-store" });
      if (mine !== latest) return;
      if (response.status === 204) {
        run = null;
        gone();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const news = await response.json();
      if (mine !== latest) return;
      failures = 0;
      cursor = news.cursor;
      arrived(news);
      if (mine !== latest) return; // it asks anew already
      if (news.more) wait = 0;
      else if (hasEnded(news.state)) return;
      else if (performance.now() < eagerUntil) wait = EAGER;
      else if (element.offsetParent && news.state !== "waiting") wait = Math.max(LIVE, 1000 * news.rest);
    } catch {
      if (mine !== latest) return;
      wait = AGAIN[Math.min(failures, AGAIN.length - 1)];
      failures += 1;
      if (failures > 1) silent();
    }
    timer = setTimeout(ask, wait);
  }

  document.addEventListener("visibilitychange", ask);
  return {
    /** @param {string|null} wanted */
    follow(wanted) {
      run = wanted;
      cursor = 0;
      failures = 0;
      ask();
    },
    hurry() {
      eagerUntil = performance.now() + EAGER_FOR;
      ask();
    },
  };
}
