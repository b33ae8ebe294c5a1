// The Edit panel: forbid, allow, send, mute, scale; the item is drawn anew beside what it was.
import { brushOn, paintPlaces } from "./brush.js";
import { coloursOf } from "./colours.js";
import { changeInWords, showTrio } from "./difference.js";
import { forbiddenTo, readEdit, writeEdit } from "./edit.js";
import { editCommands } from "./edit-commands.js";
import { editControls } from "./edit-controls.js";
import { chooseWhom, newTool, queryShown, regionIn, showsKeys, takeTool } from "./edit-tool.js";
import { faithfulnessPanel } from "./faithfulness-panel.js";
import { namePlace } from "./place-name.js";
import { pathOfItem } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { chooseMode, itemOf, layerOf, layersOf } from "./view.js";

export function editPanel(context) {
  const { root, view, speak, stage } = context;
  const find = (selector) => root.querySelector(".panel.edit " + selector);
  const tool = newTool();
  let problem = "";
  let model = null; // whose edits can be undone

  // -- the item drawn anew ----------------------------------------------------------------------------------
  const redraws = redrawer({
    arrived(frame) {
      view.stand = frame;
      problem = "";
      context.draw();
      showResult();
    },
    failed,
    busy: context.busy,
  });

  function failed(error) {
    problem = sayProblem(error, speak);
    showResult();
  }

  function redraw() {
    const text = writeEdit(view.edit);
    const value = context.value();
    if (text && value?.single && context.isPresent()) return redraws.wish(`${pathOfItem(value, view)}&edit=${text}`);
    redraws.wish(null);
    problem = "";
    if (view.stand) {
      view.stand = null;
      context.draw();
    }
    return showResult();
  }

  function showResult() {
    if (!view.frame) return;
    const original = { frame: view.frame, index: view.chosen };
    const drawn = view.stand ? { frame: view.stand, index: 0 } : original;
    const change = showTrio(find(".trio"), original, drawn, coloursOf(view.colours), speak);
    find(".outcome").classList.toggle("problem", Boolean(problem));
    find(".outcome").textContent = problem || advice() || changeInWords(change, speak);
  }

  function advice() {
    if (!view.frame.layers.length) return speak("canvas_none");
    if (!context.isPresent()) return speak("edit_past");
    if (tool.name !== "look" && tool.whom === "pin" && !view.pin) return speak("edit_pin_first");
    return view.stand ? "" : speak("edit_hint");
  }

  // -- tools and controls -----------------------------------------------------------------------------------
  const act = editCommands(view, tool, {
    redraw: () => context.change(redraw),
    refresh: context.refresh,
    repaint: context.repaint,
    refuse: () => (find(".outcome").textContent = speak("edit_too_many")),
  }, context.isPresent);

  function choose(apply) {
    apply();
    if (tool.name !== "look" && !showsKeys(view)) chooseMode(view, "looks");
    context.refresh();
    showResult();
  }

  const controls = editControls(root, view, tool, speak, act, {
    tool: (name) => choose(() => takeTool(tool, name)),
    whom: (whom) => choose(() => chooseWhom(tool, view, whom)),
  });
  brushOn(stage, act.placesNow, act.stroke);

  const faithfulness = faithfulnessPanel(find(".truth"), speak, () => context.isPresent() && layerOf(view)?.name,
    (layer) => context.value().single.replace("/frame/", "/truth/").replace(/\?.*/, `?layer=${layer}`));

  // -- what the panels' place asks for (panels.js) -----------------------------------------------------------
  return {
    wanted: () => Boolean(writeEdit(view.edit)),
    changed() {
      const its = context.value()?.recipe?.model;
      if (its !== model) {
        model = its;
        act.history.clear();
        context.refresh();
      }
      view.edit = readEdit(writeEdit(view.edit), layersOf(view)).edit; // another model may have other layers
      redraw();
    },
    opened(isOpen) {
      tool.open = isOpen;
      showResult();
    },
    refresh() {
      controls.refresh();
      faithfulness.refresh();
    },
    overlay() {
      const layer = layerOf(view);
      if (!tool.open || !layer || !showsKeys(view)) return;
      if (tool.whom === "region") paintPlaces(stage, regionIn(tool, view), layer.queryPlaces, "region");
      paintPlaces(stage, forbiddenTo(view.edit, layer, queryShown(tool, view)), layer.keyPlaces, "forbidden");
      const cursor = act.placesNow();
      if (!cursor || !view.point || !view.hovering) return;
      paintPlaces(stage, [cursor.at(view.point, itemOf(view))], cursor, "cursor");
    },
    step(across, down) {
      const at = act.step(across, down);
      if (!at) return false;
      const key = at.places.kind === "grid" ? "edit_cursor" : "edit_cursor_named";
      const name = namePlace(at.places, at.place, at.item, view.frame.item.places);
      root.querySelector(".spoken").textContent = speak(key, { name });
      return true;
    },
    press: () => act.press(),
    escape() {
      if (tool.name === "look") return false;
      choose(() => takeTool(tool, "look"));
      return true;
    },
  };
}
