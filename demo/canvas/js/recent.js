// What a tab remembers: the values used last, up to a sum of bytes.

/**
 * Values by key, at most so many bytes of them.
 * @template Value
 * @param {number} most
 */
export function recent(most) {
  /** @type {Map<string, {value: Value, bytes: number}>} */
  const kept = new Map(); // oldest use first

  return {
    /** The value, which is used by that. @param {string} key */
    get(key) {
      const one = kept.get(key);
      if (one) {
        kept.delete(key);
        kept.set(key, one);
      }
      return one?.value;
    },
    /**
     * Kept for as long as there is room for it; what has no bytes yet is never dropped.
     * @param {string} key
     * @param {Value} value
     * @param {number} bytes
     */
    keep(key, value, bytes) {
      kept.delete(key);
      if (bytes > most) return; // it would take the place of all others
      kept.set(key, { value, bytes });
      let all = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
      for (const [oldest, one] of kept) {
        if (all <= most) return;
        if (one.bytes) kept.delete(oldest);
        all -= one.bytes;
      }
    },
    /** @param {string} key */
    forget(key) {
      kept.delete(key);
    },
  };
}
