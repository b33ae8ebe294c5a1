// Places in one line: words and columns, of which the place across picks one.
import { inside, partAt } from "./grid.js";

/** @import { Box, Places, Point } from "./places.js" */

/** What words and columns share. */
class Line {
  /**
   * @param {"words"|"columns"} kind
   * @param {number} count
   */
  constructor(kind, count) {
    this.kind = kind;
    this.count = count;
  }

  get raster() {
    return { width: Math.max(1, this.count), height: 1 };
  }

  /** @type {(item?: number) => number} */
  size() {
    return this.count;
  }

  /**
   * @param {number} place
   * @param {number} [item]
   */
  isPadding(place, item) {
    return place >= this.size(item);
  }

  /**
   * @param {Point} point
   * @param {number} [item]
   */
  at({ x }, item) {
    return inside(partAt(x, this.count), Math.max(1, this.size(item)));
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

  /** @param {number} [item] */
  extent(item) {
    return String(this.size(item));
  }

  /**
   * @param {number} place
   * @param {number} across
   * @param {number} down
   * @param {number} [item]
   */
  step(place, across, down, item) {
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
    return other === this || (other.kind === this.kind && other.count === this.count && this.sameNames(other));
  }

  /**
   * Whether both are called the same.
   * @param {any} other
   */
  sameNames(other) {
    return other === this;
  }
}

/**
 * The words of each item's text, padded at the end to the longest.
 * @implements {Places}
 */
export class Words extends Line {
  /**
   * @param {string[][]} texts
   * @param {number} [count]
   */
  constructor(texts, count = Math.max(0, ...texts.map((text) => text.length))) {
    super("words", count);
    this.texts = texts;
  }

  /** @override */
  size(item = 0) {
    return this.texts[item]?.length ?? this.count;
  }

  /** @param {number} place */
  name(place, item = 0) {
    return this.texts[item]?.[place] ?? "";
  }

  /**
   * @override
   * @param {any} other
   */
  sameNames(other) {
    return JSON.stringify(this.texts) === JSON.stringify(other.texts);
  }

  /** @param {number} item */
  single(item) {
    return new Words(this.texts.slice(item, item + 1), this.count);
  }
}

/**
 * Named columns of a row of numbers, the same for every item.
 * @implements {Places}
 */
export class Columns extends Line {
  /** @param {string[]} names */
  constructor(names) {
    super("columns", names.length);
    this.names = names;
  }

  /** @param {number} place */
  name(place) {
    return this.names[place] ?? "";
  }

  /**
   * @override
   * @param {any} other
   */
  sameNames(other) {
    return String(this.names) === String(other.names);
  }

  single() {
    return this;
  }
}
