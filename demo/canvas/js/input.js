// Pointer, finger and keyboard on the stage.

const TAP_PIXELS = 8; // a press that moves less than this is a tap
const HOLD_MILLISECONDS = 180; // a finger that rests so long then looks around, and does not scroll

/** Where an event is on a canvas, as fractions of its sides. */
export function pointOf(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const inside = (value) => Math.min(1 - 1e-6, Math.max(0, value));
  return { x: inside((event.clientX - box.left) / box.width), y: inside((event.clientY - box.top) / box.height) };
}

/** Listen on a stage's canvas; `act` are the commands (commands.js), which take points of the stage. */
export function listen(stage, act) {
  const { canvas } = stage;
  let pressed = null;
  let bare = false; // the item alone, for as long as the key is held
  const isBareKey = ({ key }) => key === "b" || key === "B";
  const holdBare = (on) => on !== bare && act.bare((bare = on));
  const pointHere = (event) => stage.pointAt(pointOf(canvas, event));
  holdOn(canvas);
  const look = (event) => {
    act.glance(stage.itemAt(pointOf(canvas, event)), event.timeStamp);
    act.hover(pointHere(event), event.timeStamp);
  };
  canvas.addEventListener("pointermove", look);
  canvas.addEventListener("pointerleave", () => {
    stage.leave();
    act.hover(null);
  });
  canvas.addEventListener("pointerdown", (event) => {
    pressed = { x: event.clientX, y: event.clientY };
    look(event);
  });
  canvas.addEventListener("pointerup", (event) => {
    const moved = pressed ? Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) : Infinity;
    pressed = null;
    if (moved < TAP_PIXELS && event.button === 0) act.press(pointHere(event), event.shiftKey);
  });
  canvas.addEventListener("pointercancel", () => (pressed = null));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isBareKey(event)) holdBare(true);
    else if (answer(event, act)) event.preventDefault();
  });
  canvas.addEventListener("keyup", (event) => isBareKey(event) && holdBare(false));
  canvas.addEventListener("blur", () => holdBare(false));
}

/** A finger that moves at once scrolls the page; one that has rested on the canvas looks around on it. */
function holdOn(canvas) {
  let resting = 0; // the timer of the finger that has not moved yet
  let held = false;
  const end = () => {
    clearTimeout(resting);
    held = false;
  };
  canvas.addEventListener("touchstart", () => {
    end();
    resting = setTimeout(() => (held = true), HOLD_MILLISECONDS);
  }, { passive: true });
  canvas.addEventListener("touchmove", (event) => {
    if (held && event.cancelable) event.preventDefault();
    else clearTimeout(resting);
  }, { passive: false });
  canvas.addEventListener("touchend", end);
  canvas.addEventListener("touchcancel", end);
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
    case "k":
    case "K": return act.cross();
    case "m":
    case "M": return act.turnMode();
    case "n": return act.turnPicture(1);
    case "p": return act.turnPicture(-1);
    default: return /^[0-9]$/.test(event.key) ? act.chooseHead(Number(event.key)) : false;
  }
}
