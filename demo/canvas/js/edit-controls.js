// The controls of the Edit panel: tools, sliders and buttons, brought into line with the view.
import { showChoices } from "./choices.js";
import { editOf, writeEdit } from "./edit.js";
import { showEditList } from "./edit-list.js";
import { toolsOf } from "./edit-tool.js";
import { attentionIn, gainsIn } from "./gains.js";
import { nameLayer } from "./layer-name.js";
import { layerOf } from "./view.js";

/** `choose` has tool(name) and whom(name); `act` are the panel's commands. */
export function editControls(root, view, tool, speak, act, choose) {
  const find = (selector) => root.querySelector(".panel.edit " + selector);
  const slider = find("input[type=range]");
  const [mute, solo, undo, redo, reset] = root.querySelectorAll(".panel.edit .buttons button");

  slider.addEventListener("input", () => act.slide(Number(slider.value)));
  slider.addEventListener("change", () => act.endSlide());
  const off = find(".off");
  off.addEventListener("click", () => act.switch());
  mute.addEventListener("click", () => act.mute());
  solo.addEventListener("click", () => act.solo());
  undo.addEventListener("click", () => act.undo());
  redo.addEventListener("click", () => act.redo());
  reset.addEventListener("click", () => act.reset());
  root.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!tool.open || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) act.redo();
    else act.undo();
  });

  const named = (kind, values) => values.map((value) => ({
    value, label: speak(`edit_${kind}_${value}`), hint: speak(`edit_${kind}_${value}_hint`),
  }));

  function showGains(layer) {
    off.textContent = speak(attentionIn(view).isOff ? "edit_on" : "edit_off");
    const { gate } = editOf(view.edit, layer.name);
    find(".gain span").textContent = speak("edit_gate", { layer: nameLayer(layer.name, speak) });
    slider.value = gate;
    find(".gain output").textContent = speak.percent(gate);
    const { head, isMuted, isAlone, canBeAlone } = gainsIn(view);
    const [what, names] = head ? ["head", { number: head }] : ["layer", { layer: nameLayer(layer.name, speak) }];
    mute.textContent = speak(`edit_mute_${what}`, names);
    solo.textContent = speak(`edit_solo_${what}`, names);
    solo.disabled = !canBeAlone;
    mute.setAttribute("aria-pressed", isMuted);
    solo.setAttribute("aria-pressed", isAlone);
  }

  return {
    refresh() {
      const layer = layerOf(view);
      showChoices(find(".tool"), named("tool", toolsOf(tool)), tool.name, choose.tool);
      showChoices(find(".whom"), named("whom", ["pin", "region", "all"]), tool.whom, choose.whom);
      root.classList.toggle("brushing", Boolean(act.placesNow()));
      find(".gains").hidden = !layer;
      undo.disabled = !act.history.canUndo;
      redo.disabled = !act.history.canRedo;
      reset.disabled = !writeEdit(view.edit);
      showEditList(find(".changes"), view, speak, act.make);
      if (layer) showGains(layer);
    },
  };
}
