// What a person does in the Edit panel: changes of the edit, each of which can be undone.
import { edited, gained, ruled, writeEdit } from "./edit.js";
import { editHistory } from "./edit-history.js";
import { markRegion, placesFor, queriesFor, regionIn } from "./edit-tool.js";
import { attentionIn, gainsIn } from "./gains.js";
import { MIDDLE } from "./moves.js";
import { placeUnder, pointOn } from "./sides.js";
import { itemOf, wholeOf } from "./view.js";

const STRONGER = 3; // times as much as it was

/**
 * @import { Edit } from "./edit.js"
 * @import { Tool } from "./edit-tool.js"
 * @import { View } from "./view.js"
 */

/**
 * `screen` has redraw() for a changed edit, refresh() for what can be undone, repaint() for a region, refuse() for a
 * change too many; `isPresent()` whether the model as it is is in view.
 * @param {View} view
 * @param {Tool} tool
 * @param {{redraw: () => void, refresh: () => void, repaint: () => void, refuse: () => void}} screen
 * @param {() => boolean} isPresent
 */
export function editCommands(view, tool, screen, isPresent) {
  const history = editHistory();
  /** @type {Edit|null} */
  let before = null; // the edit before the stroke or the slide under way
  /** @type {boolean|null} */
  let erasing = null;

  const placesNow = () => placesFor(tool, view, isPresent());

  /** @param {Edit} next */
  function set(next) {
    if (writeEdit(next) === writeEdit(view.edit)) return;
    view.edit = next;
    screen.redraw();
  }

  /** @param {Edit|null} old */
  function commit(old) {
    if (old === null || writeEdit(old) === writeEdit(view.edit)) return;
    history.push(old);
    screen.refresh();
  }

  /** @param {Edit} next */
  function make(next) {
    const old = view.edit;
    set(next);
    commit(old);
  }

  /** The end of a stroke or a slide. */
  function end() {
    commit(before);
    before = null;
  }

  /** @param {Edit|null} next */
  function travel(next) {
    if (!next) return;
    set(next);
    screen.refresh();
  }

  /** @param {number} place */
  function paint(place) {
    if (tool.name === "region") {
      erasing ??= regionIn(tool, view).has(place);
      markRegion(tool, view, place, erasing);
      return screen.repaint();
    }
    if (tool.name === "weigh") return set(gained(view.edit, view.layer, place, STRONGER));
    const next = ruled(view.edit, view.layer, tool.name, queriesFor(tool, view), place);
    if (!next) return screen.refuse();
    return set(tool.name === "allow" ? gained(next, view.layer, place, 1) : next);
  }

  /**
   * @param {"begin"|"place"|"end"} part
   * @param {number} [place]
   */
  function stroke(part, place) {
    if (part === "begin") [before, erasing] = [view.edit, null];
    else if (part === "end") end();
    else paint(place);
  }

  return {
    history, placesNow, make, stroke,
    undo: () => travel(history.undo(view.edit)),
    redo: () => travel(history.redo(view.edit)),
    /** Switch all attention off, or on again. */
    switch() {
      const attention = attentionIn(view);
      make(attention.isOff ? attention.on() : attention.off());
    },
    mute: () => make(gainsIn(view).mute()),
    solo: () => make(gainsIn(view).solo()),
    reset: () => make({}),
    /**
     * A slide of the gate under way, and its end.
     * @param {number} gate
     */
    slide(gate) {
      before ??= view.edit;
      set(edited(view.edit, view.layer, { gate }));
    },
    endSlide: end,
    /**
     * Move the tool by arrows; the place that it is at, or null where no tool is held.
     * @param {number} across
     * @param {number} down
     */
    step(across, down) {
      const places = placesNow();
      if (!places) return null;
      const item = itemOf(view);
      const from = placeUnder(view.point, places, item, wholeOf(view)) ?? places.at(MIDDLE, item);
      const place = places.step(from, across, down, item);
      Object.assign(view, { point: pointOn(places, place, wholeOf(view)), hovering: true });
      screen.repaint();
      return { places, place, item };
    },
    /** Use the tool where it is; true when one is held. */
    press() {
      const places = placesNow();
      const place = places && placeUnder(view.point, places, itemOf(view), wholeOf(view));
      if (place === null) return false;
      stroke("begin");
      stroke("place", place);
      stroke("end");
      return true;
    },
  };
}
