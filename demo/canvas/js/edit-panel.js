// The Edit panel: forbid, allow, send, mute, scale; the item is drawn anew beside what it was.
import { brushOn, paintPlaces } from "./brush.js";
import { coloursOf } from "./colours.js";
import { changeInWords, showTrio } from "./difference.js";
import { forbiddenTo, readEdit, writeEdit } from "./edit.js";
import { editCommands } from "./edit-commands.js";
import { editControls } from "./edit-controls.js";
import { chooseWhom, newTool, pinnedIn, queryShown, regionIn, showsKeys, takeTool } from "./edit-tool.js";
import { faithfulnessPanel } from "./faithfulness-panel.js";
import { chooseMode } from "./moves.js";
import { namePlace } from "./place-name.js";
import { pathOfItem } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { placeUnder } from "./sides.js";
import { movedOutside, pinnedWord, textWith } from "./swap.js";
import { besideIn, itemOf, layerOf, layersOf, wholeOf } from "./view.js";

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
    if (error.isSentence && view.swapped !== null) swap(null); // a text that cannot be drawn stays nowhere
    problem = sayProblem(error, speak);
    showResult();
  }

  function redraw() {
    const text = writeEdit(view.edit);
    const value = context.value();
    if ((text || view.swapped !== null) && value?.single && context.isPresent()) {
      return redraws.wish(pathOfItem(value, view) + (text && `&edit=${text}`));
    }
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
    const outside = view.stand && view.swapped !== null && view.frame.pictures && change?.moved && besideIn(view)
      ? speak("edit_swap_outside", { outside: speak.percent(movedOutside(view, change)) })
      : "";
    find(".outcome").textContent = problem || advice() || [changeInWords(change, speak), outside].filter(Boolean).join(" ");
  }

  function advice() {
    if (!view.frame.layers.length) return speak("canvas_none");
    if (!context.isPresent()) return speak("edit_past");
    if (!["look", "weigh"].includes(tool.name) && tool.whom === "pin" && pinnedIn(view) === null) return speak("edit_pin_first");
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
    if (tool.name !== "look" && layerOf(view) && !showsKeys(view)) chooseMode(view, "looks");
    context.refresh();
    showResult();
  }

  const controls = editControls(root, view, tool, speak, act, {
    tool: (name) => choose(() => takeTool(tool, view, name)),
    whom: (whom) => choose(() => chooseWhom(tool, view, whom)),
  });
  brushOn(stage, act.placesNow, act.stroke);

  // -- one word in place of another ---------------------------------------------------------------------------
  find(".swap").addEventListener("submit", (event) => {
    event.preventDefault();
    const word = find(".swap input").value.trim();
    if (word) swap(textWith(view, word));
  });
  find(".swap [type=button]").addEventListener("click", () => swap(null));

  function swap(text) {
    context.change(() => {
      view.swapped = text;
      redraw();
    });
  }

  function offerSwap() {
    const word = context.isPresent() ? pinnedWord(view) : null;
    find(".swap").hidden = !word && view.swapped === null;
    for (const field of find(".swap").querySelectorAll("input, .swap-now")) field.disabled = !word;
    find(".swap [type=button]").hidden = view.swapped === null;
    find(".swap span").textContent = word ? speak("edit_swap_for", word) : speak("edit_swap_pin");
  }

  const faithfulness = faithfulnessPanel(find(".truth"), speak, () => context.isPresent() && layerOf(view)?.name,
    (layer) => context.value().single.replace("/frame/", "/truth/").replace(/\?.*/, `?layer=${layer}`));

  // -- what the panels' place asks for (panels.js) -----------------------------------------------------------
  return {
    wanted: () => Boolean(writeEdit(view.edit)) || view.swapped !== null,
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
      offerSwap();
      faithfulness.refresh();
    },
    overlay() {
      const layer = layerOf(view);
      if (!tool.open || !layer || !showsKeys(view)) return;
      if (tool.whom === "region") paintPlaces(stage, regionIn(tool, view), layer.queryPlaces, "region");
      paintPlaces(stage, forbiddenTo(view.edit, layer, queryShown(tool, view)), layer.keyPlaces, "forbidden");
      const cursor = act.placesNow();
      const place = cursor && view.hovering ? placeUnder(view.point, cursor, itemOf(view), wholeOf(view)) : null;
      if (place !== null) paintPlaces(stage, [place], cursor, "cursor");
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
      choose(() => takeTool(tool, view, "look"));
      return true;
    },
  };
}
