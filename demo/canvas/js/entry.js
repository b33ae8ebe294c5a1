// What the canvas's bundle offers: to gr.HTML's script in demo/canvas/parts.py, and to standalone.html.
export { decodeFrame } from "./frame.js";
export { start } from "./main.js";
