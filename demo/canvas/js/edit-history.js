// What can be undone: the edits of before and those that were taken back.

/** @import { Edit } from "./edit.js" */

const MOST_UNDONE = 200;

/** A history of values: `undo(now)` and `redo(now)` give the value to go to, or null where there is none. */
export function editHistory() {
  /** @type {Edit[]} */
  const past = [];
  /** @type {Edit[]} */
  const future = [];
  /**
   * @param {Edit[]} from
   * @param {Edit[]} to
   * @param {Edit} now
   * @returns {Edit|null}
   */
  function travel(from, to, now) {
    if (!from.length) return null;
    to.push(now);
    return from.pop();
  }
  return {
    /**
     * What was before a change.
     * @param {Edit} old
     */
    push(old) {
      past.push(old);
      if (past.length > MOST_UNDONE) past.shift();
      future.length = 0;
    },
    /** @param {Edit} now */
    undo: (now) => travel(past, future, now),
    /** @param {Edit} now */
    redo: (now) => travel(future, past, now),
    clear() {
      past.length = future.length = 0;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
  };
}
