// Pointer, finger and keyboard on the picture. Points are fractions of the picture's sides.

const TAP_PIXELS = 8; // a press that moves less than this is a tap

/** Listen on the canvas; `act` has hover(point|null), press(point, another), step(columns, rows), and key actions. */
export function listen(canvas, act) {
  let pressed = null;
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const inside = (value) => Math.min(1 - 1e-6, Math.max(0, value));
    return { x: inside((event.clientX - box.left) / box.width), y: inside((event.clientY - box.top) / box.height) };
  };
  canvas.addEventListener("pointermove", (event) => act.hover(pointOf(event), event.timeStamp));
  canvas.addEventListener("pointerleave", () => act.hover(null));
  canvas.addEventListener("pointerdown", (event) => {
    pressed = { x: event.clientX, y: event.clientY };
    act.hover(pointOf(event), event.timeStamp);
  });
  canvas.addEventListener("pointerup", (event) => {
    const moved = pressed ? Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) : Infinity;
    pressed = null;
    if (moved < TAP_PIXELS && event.button === 0) act.press(pointOf(event), event.shiftKey);
  });
  canvas.addEventListener("pointercancel", () => (pressed = null));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (answer(event, act)) event.preventDefault();
  });
}

function answer(event, act) {
  const stride = event.shiftKey ? 4 : 1;
  switch (event.key) {
    case "ArrowLeft": return act.step(-stride, 0);
    case "ArrowRight": return act.step(stride, 0);
    case "ArrowUp": return act.step(0, -stride);
    case "ArrowDown": return act.step(0, stride);
    case "Enter":
    case " ": return act.pinHere(event.shiftKey);
    case "Delete":
    case "Backspace": return act.lift();
    case ",": return act.turnPin(-1);
    case ".": return act.turnPin(1);
    case "Escape": return act.clear();
    case "h": return act.turnHead(1);
    case "H": return act.turnHead(-1);
    case "l": return act.turnLayer(1);
    case "L": return act.turnLayer(-1);
    case "m":
    case "M": return act.turnMode();
    case "n": return act.turnPicture(1);
    case "p": return act.turnPicture(-1);
    default: return /^[0-9]$/.test(event.key) ? act.chooseHead(Number(event.key)) : false;
  }
}
