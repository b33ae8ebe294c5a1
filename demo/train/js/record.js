// What is known of a training from its news so far: numbers, curves, and the steps whose frames are kept.
import { newHistory, remember } from "./curves.js";

const LASTING = [
  "step", "seconds", "progress", "images", "images_per_second", "gates", "pictures", "credit", "reason",
  "rolled_back", "cause", "name", "measures", "budget",
]; // what stays known until a later answer says something else

/** @param {string} state */
export function newRecord(state) {
  return { known: /** @type {any} */ ({ state }), history: newHistory(), measured: newHistory(), shares: newHistory(), steps: /** @type {number[]} */ ([]) };
}

/**
 * Take in an answer.
 * @param {ReturnType<typeof newRecord>} record
 * @param {any} news
 */
export function take(record, news) {
  const isFirst = !record.history.length; // it tells also of what happened long ago
  for (const key of LASTING) if (news[key] !== null) record.known[key] = news[key];
  const { state, position, wait, model, longer, own, full, raced } = news;
  Object.assign(record.known, { state, position, wait, model, longer, own, full, raced });
  if (news.back_to !== null) record.steps = record.steps.filter((step) => step <= news.back_to);
  record.steps = [...new Set([...record.steps.filter((step) => !news.dropped.includes(step)), ...news.frames])];
  record.known.frame = record.steps.at(-1);
  record.history = remember(record.history, news.points);
  record.measured = remember(record.measured, news.quality); // rows [seconds, the value of each measure]
  record.shares = remember(record.shares, news.shares); // rows [seconds, part of the processor]
  if (news.changed.length) record.known.changed = news.changed.at(-1).seconds;
  else if (news.rolled_back && !isFirst) record.known.changed = record.known.seconds;
}
