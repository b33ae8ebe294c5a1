// The panels that share the samples' place: tabs, of which one is open. Panels are made by `makers`, by name.

/**
 * `makers` maps a panel's name to makePanel(context), which returns any of
 * wanted() the address asks for it · changed() another picture or frame is shown · refresh() the view changed · overlay(canvas) the stage was painted ·
 * opened(open) · step(columns, rows), press() and escape(): true when they took the key.
 */
export function panelsOf(context, names, makers, speak) {
  const { root } = context;
  const tabs = root.querySelector(".tabs");
  const panels = names.map((name) => [name, makers[name](context)]);
  let open = "samples";

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
    tab.textContent = speak(name === "samples" ? "canvas_tab_samples" : name + "_tab");
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => show(name));
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

  tabs.hidden = !names.length;
  if (names.length) tabs.append(...["samples", ...names].map(tabOf));
  for (const panel of root.querySelectorAll(".panel")) {
    if (names.length) panel.setAttribute("role", "tabpanel");
    if (names.length) panel.setAttribute("aria-label", tabs.querySelector(`[data-name="${panel.dataset.panel}"]`).textContent);
  }

  const each = (what, ...given) => panels.forEach(([, panel]) => panel[what]?.(...given));
  const taken = (what, ...given) => panels.some(([name, panel]) => name === open && panel[what]?.(...given));
  return {
    start: () => names.length && show("samples"),
    /** Open the panel that the address asks for. */
    wanted() {
      const asked = panels.findLast(([, panel]) => panel.wanted?.());
      if (asked) show(asked[0]);
    },
    changed: () => each("changed"),
    refresh: () => each("refresh"),
    overlay: (canvas) => each("overlay", canvas),
    step: (columns, rows) => taken("step", columns, rows),
    press: () => taken("press"),
    escape: () => taken("escape"),
  };
}
