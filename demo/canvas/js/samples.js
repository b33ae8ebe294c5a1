// The grid of samples: a list box with one chosen sample, arrows move within it.
import { paintThumbnail } from "./stages.js";

/** Show the items of a frame; `choose(index)` on a person's choice. */
export function showSamples(grid, frame, chosen, speak, nameOf, choose) {
  const { right } = frame.header; // which items are, where that is known exactly
  const heading = grid.previousElementSibling;
  heading.dataset.right = right ? `✓ ${right.filter(Boolean).length}/${right.length}` : "";
  heading.title = right ? speak("canvas_right") : "";
  while (grid.children.length > frame.count) grid.lastChild.remove();
  while (grid.children.length < frame.count) grid.append(sampleButton(grid, choose));
  [...grid.children].forEach((button, index) => {
    paintThumbnail(button.querySelector("canvas"), frame, index);
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

function sampleButton(grid, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "option");
  button.append(document.createElement("canvas"));
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
