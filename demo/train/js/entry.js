// What the bundle of the Train tab's panel offers to the script in demo/train/parts.py.
export { startPanel } from "./panel.js";
