// A button that acts for as long as it is held, by pointer, finger, Space or Enter.

/** Calls `hold(true)` when the button goes down and `hold(false)` when it is let go, or loses pointer or focus. */
export function holdable(button, hold) {
  const set = (on) => {
    if ((button.getAttribute("aria-pressed") === "true") === on) return;
    button.setAttribute("aria-pressed", String(on));
    hold(on);
  };
  const isPress = ({ key }) => key === " " || key === "Enter";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("pointerdown", (event) => event.button === 0 && set(true));
  for (const kind of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(kind, () => set(false));
  button.addEventListener("keydown", (event) => isPress(event) && set(true));
  button.addEventListener("keyup", (event) => isPress(event) && set(false));
  button.addEventListener("contextmenu", (event) => event.preventDefault()); // which a long press of a finger would open
}
