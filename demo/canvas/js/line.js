// Places in one line: words and columns, of which the place across picks one.
import { inside, partAt } from "./grid.js";

/** What words and columns share. */
class Line {
  constructor(kind, count) {
    this.kind = kind;
    this.count = count;
  }

  get raster() {
    return { width: Math.max(1, this.count), height: 1 };
  }

  size() {
    return this.count;
  }

  isPadding(place, item) {
    return place >= this.size(item);
  }

  at({ x }, item) {
    return inside(partAt(x, this.count), Math.max(1, this.size(item)));
  }

  middle(place) {
    return { x: (place + 0.5) / this.count, y: 0.5 };
  }

  box(place) {
    return { x: place / this.count, y: 0, width: 1 / this.count, height: 1 };
  }

  extent(item) {
    return String(this.size(item));
  }

  step(place, across, down, item) {
    return inside(place + across, Math.max(1, this.size(item)));
  }

  between(from, to) {
    return Math.abs(to.x - from.x) * this.count;
  }

  coordinates(place) {
    return [place, 0];
  }

  nearest(column) {
    return inside(column, this.count);
  }

  isOf(other) {
    return other === this || (other.kind === this.kind && other.count === this.count && this.sameNames(other));
  }
}

/**
 * The words of each item's text, padded at the end to the longest.
 * @implements {import("./places.js").Places}
 */
export class Words extends Line {
  constructor(texts, count = Math.max(0, ...texts.map((text) => text.length))) {
    super("words", count);
    this.texts = texts;
  }

  size(item = 0) {
    return this.texts[item]?.length ?? this.count;
  }

  name(place, item = 0) {
    return this.texts[item]?.[place] ?? "";
  }

  sameNames(other) {
    return JSON.stringify(this.texts) === JSON.stringify(other.texts);
  }

  single(item) {
    return new Words(this.texts.slice(item, item + 1), this.count);
  }
}

/**
 * Named columns of a row of numbers, the same for every item.
 * @implements {import("./places.js").Places}
 */
export class Columns extends Line {
  constructor(names) {
    super("columns", names.length);
    this.names = names;
  }

  name(place) {
    return this.names[place] ?? "";
  }

  sameNames(other) {
    return String(this.names) === String(other.names);
  }

  single() {
    return this;
  }
}
