// A grid of places: the cells of a feature map, row by row.

/** @import { Box, Places, Point } from "./places.js" */

/**
 * A whole number drawn into 0 to size - 1.
 * @type {(value: number, size: number) => number}
 */
export const inside = (value, size) => Math.min(size - 1, Math.max(0, value));
/**
 * The part of `count` equal ones that holds a fraction of the whole.
 * @type {(fraction: number, count: number) => number}
 */
export const partAt = (fraction, count) => inside(Math.floor(fraction * count), count);

/**
 * All grids of an item are laid over it, so each lies in each.
 * @implements {Places}
 */
export class Grid {
  /** @type {"grid"} */
  kind = "grid";

  /**
   * @param {number} rows
   * @param {number} columns
   */
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

  isUnknown() {
    return false;
  }

  /** @param {Point} point */
  at({ x, y }) {
    return partAt(y, this.rows) * this.columns + partAt(x, this.columns);
  }

  /** @param {number} place */
  middle(place) {
    const [column, row] = this.coordinates(place);
    return { x: (column + 0.5) / this.columns, y: (row + 0.5) / this.rows };
  }

  /**
   * @param {number} place
   * @returns {Box}
   */
  box(place) {
    const [column, row] = this.coordinates(place);
    return { x: column / this.columns, y: row / this.rows, width: 1 / this.columns, height: 1 / this.rows };
  }

  /** @param {number} place */
  name(place) {
    return this.coordinates(place).join(", ");
  }

  /**
   * @param {number} place
   * @param {number} across
   * @param {number} down
   */
  step(place, across, down) {
    const [column, row] = this.coordinates(place);
    return this.nearest(column + across, row + down);
  }

  /**
   * @param {Point} from
   * @param {Point} to
   */
  between(from, to) {
    return Math.max(Math.abs(to.x - from.x) * this.columns, Math.abs(to.y - from.y) * this.rows);
  }

  /**
   * @param {number} place
   * @returns {[number, number]}
   */
  coordinates(place) {
    return [place % this.columns, Math.floor(place / this.columns)];
  }

  /**
   * @param {number} column
   * @param {number} row
   */
  nearest(column, row) {
    return inside(row, this.rows) * this.columns + inside(column, this.columns);
  }

  /** @param {Places} other */
  isOf(other) {
    return other.kind === "grid";
  }

  single() {
    return this;
  }
}
