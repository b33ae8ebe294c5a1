// The Edit panel: forbid, allow, send, mute, scale; the picture is drawn anew beside what it was.
import { brushOn, paintCells } from "./brush.js";
import { showChoices } from "./choices.js";
import { coloursOf } from "./colours.js";
import { changeInWords, showTrio } from "./difference.js";
import { editOf, edited, forbiddenTo, readEdit, ruled, writeEdit } from "./edits.js";
import { gainsIn } from "./gains.js";
import { showMade } from "./made.js";
import { redrawer } from "./redraw.js";
import { indexAt } from "./modes.js";
import { truthOf } from "./truth.js";
import { chooseMode, layerOf, layersOf } from "./view.js";

const MOST_UNDONE = 200;
const OVER_KEYS = ["looks", "contribution"]; // modes whose map lies on the cells that are painted

export function editPanel(context) {
  const { root, view, speak, canvas } = context;
  const find = (selector) => root.querySelector(".panel.edit " + selector);
  const past = [];
  const future = [];
  let tool = "look";
  let whom = "pin";
  let region = { layer: null, cells: new Set() };
  let open = false;
  let before = null; // the edit before the stroke or the slide under way
  let erasing = false;
  let problem = "";
  let model = null; // whose edits can be undone

  // -- the picture drawn anew -----------------------------------------------------------------------------
  const redraws = redrawer({
    arrived(frame) {
      view.stand = frame;
      problem = "";
      context.draw();
      showResult();
    },
    failed(error) {
      problem = error.told ? error.message : speak("canvas_failed");
      showResult();
    },
    busy: context.busy,
  });

  function redraw() {
    const text = writeEdit(view.edit);
    const { single } = context.value() ?? {};
    if (text && single && context.isPresent()) {
      const { seeds, labels } = view.frame.header;
      const path = single.replace("{seed}", seeds[view.chosen]).replace("{label}", labels ? labels[view.chosen] : "");
      return redraws.wish(`${path}&edit=${text}`);
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
    const change = showTrio(find(".trio"), original, drawn, coloursOf(view.colours));
    find(".told").classList.toggle("problem", Boolean(problem));
    find(".told").textContent = problem || advice() || changeInWords(change, speak);
  }

  function advice() {
    if (!view.frame.layers.length) return speak("canvas_none");
    if (!context.isPresent()) return speak("edit_past");
    if (tool !== "look" && whom === "pin" && !view.pin) return speak("edit_pin_first");
    return view.stand ? "" : speak("edit_hint");
  }

  // -- changing the edit ------------------------------------------------------------------------------------
  function set(next) {
    if (writeEdit(next) === writeEdit(view.edit)) return;
    view.edit = next;
    context.change(redraw);
  }

  function commit(old) {
    if (old === null || writeEdit(old) === writeEdit(view.edit)) return;
    past.push(old);
    if (past.length > MOST_UNDONE) past.shift();
    future.length = 0;
    context.refresh();
  }

  function make(next) {
    const old = view.edit;
    set(next);
    commit(old);
  }

  function travel(from, to) {
    if (!from.length) return;
    to.push(view.edit);
    set(from.pop());
    context.refresh();
  }

  // -- painting ---------------------------------------------------------------------------------------------
  const gridOf = (what) => {
    const { queryHeight, queryWidth, keyHeight, keyWidth } = layerOf(view);
    return what === "queries" ? { rows: queryHeight, columns: queryWidth } : { rows: keyHeight, columns: keyWidth };
  };
  const regionHere = () => (region.layer === view.layer ? region.cells : new Set());

  function queriesNow() {
    if (whom === "all") return null;
    if (whom === "pin") return [indexAt(view.pin, gridOf("queries"))];
    return [...regionHere()].sort((one, other) => one - other);
  }

  function gridNow() {
    if (!open || tool === "look" || !layerOf(view) || !context.isPresent()) return null;
    if (tool === "region") return gridOf("queries");
    return (whom === "pin" && !view.pin) || (whom === "region" && !regionHere().size) ? null : gridOf("keys");
  }

  function stroke(part, cell) {
    if (part === "begin") [before, erasing] = [view.edit, null];
    else if (part === "end") [, before] = [commit(before), null];
    else if (tool === "region") paintRegion(cell);
    else {
      const next = ruled(view.edit, view.layer, tool, queriesNow(), cell);
      if (next) set(next);
      else find(".told").textContent = speak("edit_too_many");
    }
  }

  function paintRegion(cell) {
    if (region.layer !== view.layer) region = { layer: view.layer, cells: new Set() };
    erasing ??= region.cells.has(cell);
    if (erasing) region.cells.delete(cell);
    else region.cells.add(cell);
    context.repaint();
  }

  brushOn(canvas, gridNow, stroke);

  // -- whether the map tells the truth --------------------------------------------------------------------------
  const truth = truthOf(find(".truth"), speak, () => context.isPresent() && layerOf(view)?.name,
    (layer) => context.value().single.replace("/frame/", "/truth/").replace(/\?.*/, `?layer=${layer}`),
    (error) => {
      problem = error.told ? error.message : speak("canvas_failed");
      showResult();
    });

  function choose(apply) {
    apply();
    if (whom !== "region" && tool === "region") tool = "look";
    if (tool !== "look" && !OVER_KEYS.includes(view.mode)) chooseMode(view, "looks");
    context.refresh();
    showResult();
  }

  // -- controls -----------------------------------------------------------------------------------------------
  const slider = find("input[type=range]");
  slider.addEventListener("input", () => {
    before ??= view.edit;
    set(edited(view.edit, view.layer, { gate: Number(slider.value) }));
  });
  slider.addEventListener("change", () => [, before] = [commit(before), null]);
  const [muteButton, soloButton, undoButton, redoButton, resetButton] = root.querySelectorAll(".panel.edit .buttons button");
  muteButton.addEventListener("click", () => make(gainsIn(view).mute()));
  soloButton.addEventListener("click", () => make(gainsIn(view).solo()));
  undoButton.addEventListener("click", () => travel(past, future));
  redoButton.addEventListener("click", () => travel(future, past));
  resetButton.addEventListener("click", () => make({}));
  root.addEventListener("keydown", (event) => {
    if (!open || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
    event.preventDefault();
    if (event.key.toLowerCase() === "y" || event.shiftKey) travel(future, past);
    else travel(past, future);
  });

  function showChoicesHere() {
    const tools = ["look", "forbid", "allow", "send", ...(whom === "region" ? ["region"] : [])];
    const named = (kind, values) => values.map((value) => ({
      value, label: speak(`edit_${kind}_${value}`), hint: speak(`edit_${kind}_${value}_hint`),
    }));
    showChoices(find(".tool"), named("tool", tools), tool, (value) => choose(() => (tool = value)));
    showChoices(find(".whom"), named("whom", ["pin", "region", "all"]), whom, (value) => choose(() => {
      whom = value;
      if (whom === "region" && !regionHere().size) tool = "region";
    }));
  }

  return {
    wanted: () => Boolean(writeEdit(view.edit)),
    changed() {
      const its = context.value()?.recipe?.model;
      if (its !== model) {
        model = its;
        past.length = future.length = 0;
        context.refresh();
      }
      view.edit = readEdit(writeEdit(view.edit), layersOf(view)).edit; // another model may have other layers
      redraw();
    },
    opened(isOpen) {
      open = isOpen;
      showResult();
    },
    refresh() {
      const layer = layerOf(view);
      showChoicesHere();
      truth.refresh();
      root.classList.toggle("brushing", Boolean(gridNow()));
      find(".gains").hidden = !layer;
      undoButton.disabled = !past.length;
      redoButton.disabled = !future.length;
      resetButton.disabled = !writeEdit(view.edit);
      showMade(find(".made"), view.edit, layersOf(view), speak, make);
      if (!layer) return;
      const { gate } = editOf(view.edit, layer.name);
      find(".gain span").textContent = speak("edit_gate", { layer: layer.name });
      slider.value = gate;
      find(".gain output").textContent = speak.percent(gate);
      const { head, isMuted, isAlone, canBeAlone } = gainsIn(view);
      const [what, names] = head ? ["head", { number: head }] : ["layer", { layer: layer.name }];
      muteButton.textContent = speak(`edit_mute_${what}`, names);
      soloButton.textContent = speak(`edit_solo_${what}`, names);
      soloButton.disabled = !canBeAlone;
      muteButton.setAttribute("aria-pressed", isMuted);
      soloButton.setAttribute("aria-pressed", isAlone);
    },
    overlay() {
      const layer = layerOf(view);
      if (!open || !layer || !OVER_KEYS.includes(view.mode)) return;
      const queries = gridOf("queries");
      if (whom === "region") paintCells(canvas, regionHere(), queries, "region");
      const point = view.pin ?? (tool === "look" ? view.point : null);
      const [first] = whom === "region" && tool !== "look" ? regionHere() : [];
      const query = whom === "all" && tool !== "look" ? null : (first ?? (point && indexAt(point, queries)));
      paintCells(canvas, forbiddenTo(view.edit, layer, query), gridOf("keys"), "forbidden");
      const cursor = gridNow();
      if (cursor && view.point && view.hovering) paintCells(canvas, [indexAt(view.point, cursor)], cursor, "cursor");
    },
    step(columns, rows) {
      const grid = gridNow();
      if (!grid) return false;
      const from = indexAt(view.point ?? { x: 0.5, y: 0.5 }, grid);
      const kept = (value, size) => Math.min(size - 1, Math.max(0, value));
      const column = kept((from % grid.columns) + columns, grid.columns);
      const row = kept(Math.floor(from / grid.columns) + rows, grid.rows);
      view.point = { x: (column + 0.5) / grid.columns, y: (row + 0.5) / grid.rows };
      view.hovering = true;
      root.querySelector(".spoken").textContent = speak("edit_cursor", { column, row });
      context.repaint();
      return true;
    },
    press() {
      const grid = gridNow();
      if (!grid || !view.point) return false;
      stroke("begin");
      stroke("cell", indexAt(view.point, grid));
      stroke("end");
      return true;
    },
    escape() {
      if (tool === "look") return false;
      choose(() => (tool = "look"));
      return true;
    },
  };
}
