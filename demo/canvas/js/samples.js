// The grid of samples: a list box with one chosen sample, arrows move within it.
import { make } from "./element.js";
import { areTogether, paintThumbnail, pairOf } from "./stages.js";

/** Show the items of a frame; `choose(index)` on a person's choice. */
export function showSamples(grid, frame, chosen, speak, nameOf, choose) {
  if (areTogether(frame)) return grid.replaceChildren();
  const { right } = frame.header; // which items are, where that is known exactly
  const heading = grid.previousElementSibling;
  heading.dataset.right = right ? `✓ ${right.filter(Boolean).length}/${right.length}` : "";
  heading.title = right ? speak("canvas_right") : "";
  grid.classList.toggle("pairs", Boolean(pairOf(frame, 0)));
  while (grid.children.length > frame.count) grid.lastChild.remove();
  while (grid.children.length < frame.count) grid.append(sampleButton(grid, choose));
  [...grid.children].forEach((button, index) => {
    fill(button, frame, index);
    button.setAttribute("aria-label", nameOf(index));
    button.title = nameOf(index);
    button.classList.toggle("right", Boolean(right?.[index]));
  });
  markChosen(grid, chosen);
}

export function markChosen(grid, chosen) {
  [...grid.children].forEach((button, index) => {
    button.setAttribute("aria-selected", index === chosen);
    button.tabIndex = index === chosen ? 0 : -1;
  });
}

/** A picture of the item; of a text what was read, and what was written. */
function fill(button, frame, index) {
  const pair = pairOf(frame, index);
  if (pair) return button.replaceChildren(make("span", "", pair[0]), make("b", "", pair[1]));
  if (!button.querySelector("canvas")) button.replaceChildren(make("canvas"));
  return paintThumbnail(button.querySelector("canvas"), frame, index);
}

function sampleButton(grid, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "option");
  const index = () => [...grid.children].indexOf(button);
  button.addEventListener("click", () => choose(index()));
  button.addEventListener("keydown", (event) => {
    const columns = Math.round(grid.clientWidth / Math.max(1, button.offsetWidth));
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const next = index() + (step ?? 0);
    if (!step || next < 0 || next >= grid.children.length) return;
    event.preventDefault();
    choose(next);
    grid.children[next].focus();
  });
  return button;
}
