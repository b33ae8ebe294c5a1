// Asks for the news of one training for as long as there can be any: never in a hidden page, seldom behind a tab.
const LIVE = 350; // ms between two questions while a training runs
const SLOW = 1500; // ms while it waits, or while another tab of the page is open
const AGAIN = [1000, 2000, 4000, 8000]; // ms until the next try when the server does not answer
const ENDED = ["finished", "stopped", "failed", "lost"];

/** @param {string} state */
export const hasEnded = (state) => ENDED.includes(state);

/**
 * A poller: `follow(run)` asks from the run's beginning on and hands each answer to `arrived`, a run that is not
 * known to `gone`, and silence to `silent`. `follow(null)` asks no more.
 * @param {HTMLElement} element
 * @param {{arrived: (news: any) => void, gone: () => void, silent: () => void}} hear
 */
export function poller(element, { arrived, gone, silent }) {
  /** @type {string|null} */
  let run = null;
  let cursor = 0;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    const asked = run;
    if (!asked || document.hidden) return;
    let wait = SLOW;
    try {
      const path = `gradio_api/attngan/news/${encodeURIComponent(asked)}?after=${cursor}`;
      const response = await fetch(new URL(path, document.baseURI), { cache: "no-store" });
      if (asked !== run) return;
      if (response.status === 204) {
        run = null;
        gone();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const news = await response.json();
      if (asked !== run) return;
      failures = 0;
      cursor = news.cursor;
      arrived(news);
      if (news.more) wait = 0;
      else if (hasEnded(news.state)) return;
      else if (element.offsetParent && news.state !== "waiting") wait = LIVE;
    } catch {
      if (asked !== run) return;
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
  };
}
