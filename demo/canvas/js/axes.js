// The two columns that the rows of a table are shown along.
import { make } from "./element.js";
import { axesIn, tableOf } from "./table.js";

/** Bring the two selects in `place` into line with `view`; a person's choice is made inside `change(apply)`. */
export function showAxes(place, view, speak, change) {
  const table = view.frame && tableOf(view.frame);
  place.hidden = !table;
  if (!table) return;
  const { places } = view.frame.item;
  const names = Array.from({ length: places.count }, (_, column) => places.name(column, 0));
  const axes = axesIn(view.axes, table);
  place.querySelector(".of").textContent = speak("axes_of", { count: names.length });
  [...place.querySelectorAll("select")].reverse().forEach((select, axis) => { // across stands second
    if (select.dataset.names !== names.join("\n")) {
      select.dataset.names = names.join("\n");
      select.replaceChildren(...names.map((name, column) => Object.assign(make("option", "", name), { value: column })));
    }
    select.value = axes[axis];
    select.onchange = () => change(() => (view.axes = axesIn(view.axes, table).with(axis, Number(select.value))));
  });
}
