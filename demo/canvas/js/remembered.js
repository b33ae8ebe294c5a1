// What was computed of a thing that never changes is kept as long as the thing.

const kept = new WeakMap(); // thing -> name -> what was found

/** What `make()` gives, made once for each name of an object. */
export function remembered(thing, name, make) {
  if (!kept.has(thing)) kept.set(thing, new Map());
  const found = kept.get(thing);
  if (!found.has(name)) found.set(name, make());
  return found.get(name);
}
