// A grid of places: the cells of a feature map, row by row.

/** A whole number drawn into 0 to size - 1. */
export const inside = (value, size) => Math.min(size - 1, Math.max(0, value));
/** The part of `count` equal ones that holds a fraction of the whole. */
export const partAt = (fraction, count) => inside(Math.floor(fraction * count), count);

/** @typedef {import("./places.js").Places} Places */

/**
 * All grids of an item are laid over it, so each lies in each.
 * @implements {Places}
 */
export class Grid {
  /** @type {"grid"} */
  kind = "grid";

  constructor(rows, columns) {
    this.rows = rows;
    this.columns = columns;
    this.count = rows * columns;
  }

  get raster() {
    return { width: this.columns, height: this.rows };
  }

  size() {
    return this.count;
  }

  isPadding() {
    return false;
  }

  at({ x, y }) {
    return partAt(y, this.rows) * this.columns + partAt(x, this.columns);
  }

  middle(place) {
    const [column, row] = this.coordinates(place);
    return { x: (column + 0.5) / this.columns, y: (row + 0.5) / this.rows };
  }

  box(place) {
    const [column, row] = this.coordinates(place);
    return { x: column / this.columns, y: row / this.rows, width: 1 / this.columns, height: 1 / this.rows };
  }

  name(place) {
    return this.coordinates(place).join(", ");
  }

  extent() {
    return `${this.columns} × ${this.rows}`;
  }

  step(place, across, down) {
    const [column, row] = this.coordinates(place);
    return this.nearest(column + across, row + down);
  }

  between(from, to) {
    return Math.max(Math.abs(to.x - from.x) * this.columns, Math.abs(to.y - from.y) * this.rows);
  }

  /** @returns {[number, number]} */
  coordinates(place) {
    return [place % this.columns, Math.floor(place / this.columns)];
  }

  nearest(column, row) {
    return inside(row, this.rows) * this.columns + inside(column, this.columns);
  }

  isOf(other) {
    return other.kind === "grid";
  }

  single() {
    return this;
  }
}
