// What a person does on the stage, by pointer, finger, keys and controls. Each changes the view, then what shows it.
import { headsOf } from "./maps.js";
import { MODES } from "./modes.js";
import { MIDDLE, chooseLayer, chooseMode, crossOver, showWords, stepPoint, turn } from "./moves.js";
import { addPin, clearPins, liftPin, pressPin, turnPin } from "./pins.js";
import { layerOf, layersOf } from "./view.js";

/**
 * The commands on a view. `screen` has refresh(), repaint(time of the event), showItem() and speakAloud(); `panels` may
 * take step, press and escape for themselves; `took()` hears that a person has taken over, `remember()` that the address
 * should follow.
 */
export function commandsOf(view, { screen, panels, took, remember }) {
  function change(apply) {
    took();
    apply();
    screen.refresh();
    screen.speakAloud();
    remember();
    return true;
  }

  const act = {
    change,
    hover(point, time) {
      took();
      view.hovering = Boolean(point);
      if (point) view.point = point;
      screen.repaint(point ? time : 0);
    },
    /** Of items that are seen at once the one under the pointer becomes the chosen one. */
    glance(index, time) {
      if (index === null || index === view.chosen) return;
      view.point ??= MIDDLE;
      Object.assign(view, { chosen: index, swapped: null });
      screen.glanceItem(time);
    },
    bare(on) {
      took();
      view.bare = on;
      screen.repaint();
    },
    press: (point, another) => point && change(() => {
      if (point.beside !== undefined) showWords(view);
      pressPin(Object.assign(view, another && { adding: true }), point);
    }),
    pinHere: (another) =>
      panels().press() || change(() => (another || view.adding ? addPin : pressPin)(view, view.point ?? MIDDLE)),
    lift: () => view.pin && change(() => liftPin(view)),
    turnPin: (by) => view.pin && change(() => turnPin(view, by)),
    step: (across, down) => panels().step(across, down) || change(() => stepPoint(view, across, down)),
    cross: () => change(() => {
      showWords(view);
      crossOver(view);
    }),
    clear: () => panels().escape() || change(() => clearPins(view)),
    choose: (index) => change(() => {
      Object.assign(view, { chosen: index, swapped: null });
      screen.showItem();
    }),
    turnPicture: (by) => view.frame && act.choose((view.chosen + by + view.frame.count) % view.frame.count),
    turnLayer: (by) => change(() => chooseLayer(view, turn(layersOf(view).map(({ name }) => name), view.layer, by))),
    turnHead: (by) => change(() => layerOf(view) && (view.head = turn(headsOf(layerOf(view)), view.head, by))),
    turnMode: () => change(() => chooseMode(view, turn(MODES, view.mode, 1))),
    chooseHead(number) {
      const wanted = number === 0 ? "mean" : number - 1;
      return layerOf(view) && headsOf(layerOf(view)).includes(wanted) && change(() => (view.head = wanted));
    },
  };
  return act;
}
