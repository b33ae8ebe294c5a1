// Places in one line: words and columns, of which the place across picks one.
import { inside, partAt } from "./grid.js";

/** @import { Box, Places, Point } from "./places.js" */

const UNREAD = ["\ufffd", "?"]; // what a network reads for a character, or else for a word, that it does not know

/**
 * The words of each item's text, padded at the end to the longest.
 * @implements {Places}
 */
class Words {
  /** @type {"words"|"columns"} */
  kind = "words";
  /** @type {string[][]} */
  texts;
  /** @type {Set<number>[]} */
  unknown;
  count = 0;

  /**
   * @param {string[][]} texts  of each item
   * @param {Set<number>[]} unknown  of each item, those that the model does not know
   */
  constructor(texts, unknown = [], count = Math.max(0, ...texts.map((text) => text.length))) {
    Object.assign(this, { texts, unknown, count });
  }

  /** The names in an item, undefined where nothing is known of it. */
  namesIn(item = 0) {
    return this.texts[item];
  }

  get raster() {
    return { width: Math.max(1, this.count), height: 1 };
  }

  size(item = 0) {
    return this.namesIn(item)?.length ?? this.count;
  }

  /** @param {number} place */
  isPadding(place, item = 0) {
    return place >= this.size(item);
  }

  /** @param {number} place */
  isUnknown(place, item = 0) {
    return this.unknown[item]?.has(place) ?? false;
  }

  /** @param {Point} point */
  at({ x, beside = partAt(x, this.count) }, item = 0) {
    return inside(beside, Math.max(1, this.size(item)));
  }

  /** @param {number} place */
  middle(place) {
    return { x: (place + 0.5) / this.count, y: 0.5 };
  }

  /**
   * @param {number} place
   * @returns {Box}
   */
  box(place) {
    return { x: place / this.count, y: 0, width: 1 / this.count, height: 1 };
  }

  /** @param {number} place */
  name(place, item = 0) {
    const name = this.namesIn(item)?.[place] ?? "";
    return name === " " ? "␣" : name;
  }

  /**
   * @param {number} place
   * @param {number} across
   * @param {number} down
   */
  step(place, across, down, item = 0) {
    return inside(place + across, Math.max(1, this.size(item)));
  }

  /**
   * @param {Point} from
   * @param {Point} to
   */
  between(from, to) {
    return Math.abs(to.x - from.x) * this.count;
  }

  /**
   * @param {number} place
   * @returns {[number, number]}
   */
  coordinates(place) {
    return [place, 0];
  }

  /** @param {number} column */
  nearest(column) {
    return inside(column, this.count);
  }

  /** @param {any} other */
  isOf(other) {
    if (other === this) return true;
    return other.kind === this.kind && JSON.stringify(other.texts) === JSON.stringify(this.texts);
  }

  /** @param {number} item */
  single(item) {
    return new Words(this.texts.slice(item, item + 1), this.unknown.slice(item, item + 1), this.count);
  }
}

/** Named columns of a row of numbers, the same for every item. */
class Columns extends Words {
  /** @type {"words"|"columns"} */
  kind = "columns";

  /** @param {string[]} names */
  constructor(names) {
    super([names]);
  }

  namesIn() {
    return this.texts[0];
  }

  single() {
    return this;
  }
}

/**
 * The words of each item's text; those that are not known as they were written, of which `missing` are the ones of each
 * text in their order.
 * @param {string[][]} texts
 * @param {string[]} [missing]
 */
export function wordsOf(texts, missing = []) {
  const stand = UNREAD.find((one) => missing.length && texts.some((text) => text.includes(one)));
  const unknown = texts.map((text) => new Set(text.flatMap((word, place) => (word === stand ? [place] : []))));
  return new Words(texts.map((text, item) => {
    const written = [...missing];
    return text.map((word, place) => (unknown[item].has(place) ? (written.shift() ?? word) : word));
  }), unknown);
}

/**
 * Columns with these names.
 * @param {string[]} names
 */
export const columnsOf = (names) => new Columns(names);
