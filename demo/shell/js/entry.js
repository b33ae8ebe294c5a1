// What the shell's bundle offers to gr.HTML's scripts in demo/shell/parts.py.
export { startHeader } from "./header.js";
export { startStops } from "./stops.js";
