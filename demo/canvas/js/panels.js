// The inspector's panels: tabs, of which one is open. Panels are made by `makers`, by name; the first is the map's.

/**
 * What a panel is given.
 * @typedef {object} Context
 * @property {HTMLElement} root
 * @property {import("./view.js").View} view
 * @property {any} speak  (texts.js)
 * @property {import("./stage.js").StageCanvas} stage
 * @property {any} act  the commands (commands.js)
 * @property {() => void} repaint  the stage
 * @property {() => void} refresh  all that is chosen
 * @property {() => void} draw  the item, or what stands in for it
 * @property {() => void} show  the item itself
 * @property {() => void} remember  the address follows
 * @property {(apply: () => void) => boolean} change  the view, as a person's act
 * @property {(on: boolean) => void} busy
 * @property {() => any} value  the canvas's value, or null
 * @property {() => void} fetchAgain  with other noise
 * @property {() => number|null} step  of the training, null for the model as it is
 * @property {() => boolean} isPresent  the model as it is is in view
 */

/**
 * What a panel may have.
 * @typedef {object} Panel
 * @property {() => boolean} [wanted]  the address asks for it
 * @property {() => void} [changed]  another item or frame is shown
 * @property {() => void} [refresh]  the view changed
 * @property {() => void} [overlay]  the stage was painted
 * @property {(open: boolean) => void} [opened]
 * @property {(across: number, down: number) => boolean} [step]  true when it took the key; so press and escape
 * @property {() => boolean} [press]
 * @property {() => boolean} [escape]
 */

/** The panels called `names`; `makers` maps each name to a function from a Context to a Panel. */
export function panelsOf(context, names, makers, speak) {
  const { root } = context;
  const tabs = root.querySelector(".tabs");
  const panels = names.map((name) => [name, makers[name](context)]);
  let open = "map";

  const sheet = root.querySelector(".inspector"); // on a phone it comes up from the foot of the screen

  /** Bring the sheet up, with the picture in sight above it, or put it away. @param {boolean} up */
  function lift(up) {
    sheet.toggleAttribute("data-open", up);
    if (up && getComputedStyle(sheet).position === "fixed") root.querySelector(".mode").scrollIntoView({ block: "start" });
  }

  function putAway() {
    const inside = sheet.contains(document.activeElement);
    lift(false);
    if (inside) tabs.querySelector("[aria-selected=true]")?.focus();
  }

  function show(name) {
    open = name;
    for (const panel of root.querySelectorAll(".panel")) panel.hidden = panel.dataset.panel !== name;
    for (const tab of tabs.children) {
      tab.setAttribute("aria-selected", tab.dataset.name === name);
      tab.tabIndex = tab.dataset.name === name ? 0 : -1;
    }
    for (const [own, panel] of panels) panel.opened?.(own === name);
    context.refresh();
  }

  function tabOf(name) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.dataset.name = name;
    tab.textContent = speak(name === "map" ? "canvas_tab_map" : name + "_tab");
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => {
      lift(open !== name || !sheet.hasAttribute("data-open"));
      show(name);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs.children[([...tabs.children].indexOf(tab) + step + tabs.children.length) % tabs.children.length];
      next.focus();
      next.click();
    });
    return tab;
  }

  sheet.querySelector(".close").addEventListener("click", putAway);
  sheet.addEventListener("keydown", ({ key }) => key === "Escape" && putAway());
  window.addEventListener("attngan-opened", (/** @type {any} */ { detail }) => detail === "explore" || lift(false));
  tabs.hidden = !names.length;
  if (names.length) tabs.append(...["map", ...names].map(tabOf));
  for (const panel of root.querySelectorAll(".panel")) {
    if (names.length) panel.setAttribute("role", "tabpanel");
    if (names.length) panel.setAttribute("aria-label", tabs.querySelector(`[data-name="${panel.dataset.panel}"]`).textContent);
  }

  const each = (what, ...given) => panels.forEach(([, panel]) => panel[what]?.(...given));
  const taken = (what, ...given) => panels.some(([name, panel]) => name === open && panel[what]?.(...given));
  return {
    start: () => names.length && show("map"),
    /** Open the panel that the address asks for, or else the map's. */
    wanted() {
      const asked = panels.findLast(([, panel]) => panel.wanted?.());
      if (asked && document.body.dataset.door !== "learn") lift(true); // there the stop's own text is to be read
      if (names.length) show(asked?.[0] ?? "map");
    },
    changed: () => each("changed"),
    refresh: () => each("refresh"),
    overlay: () => each("overlay"),
    step: (across, down) => taken("step", across, down),
    press: () => taken("press"),
    escape: () => taken("escape"),
  };
}
