// What can be undone: the edits of before and those that were taken back.

const MOST_UNDONE = 200;

/** A history of values: `undo(now)` and `redo(now)` give the value to go to, or null where there is none. */
export function editHistory() {
  const past = [];
  const future = [];
  function travel(from, to, now) {
    if (!from.length) return null;
    to.push(now);
    return from.pop();
  }
  return {
    /** What was before a change. */
    push(old) {
      past.push(old);
      if (past.length > MOST_UNDONE) past.shift();
      future.length = 0;
    },
    undo: (now) => travel(past, future, now),
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
