// What was computed of an object that never changes, kept for as long as the object.

/** @type {WeakMap<object, Map<string, any>>} */
const cache = new WeakMap(); // object -> name -> what was computed

/**
 * What `compute()` gives, computed once for each name of an object.
 * @template T
 * @param {object} object
 * @param {string} name
 * @param {() => T} compute
 * @returns {T}
 */
export function cached(object, name, compute) {
  if (!cache.has(object)) cache.set(object, new Map());
  const named = cache.get(object);
  if (!named.has(name)) named.set(name, compute());
  return named.get(name);
}
