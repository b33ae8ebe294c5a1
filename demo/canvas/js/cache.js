// What was computed of an object that never changes, kept for as long as the object.

const cache = new WeakMap(); // object -> name -> what was computed

/** What `compute()` gives, computed once for each name of an object. */
export function cached(object, name, compute) {
  if (!cache.has(object)) cache.set(object, new Map());
  const named = cache.get(object);
  if (!named.has(name)) named.set(name, compute());
  return named.get(name);
}
