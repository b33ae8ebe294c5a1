// What the Train tab's bundle offers to gr.HTML's scripts in demo/train/parts.py.
export { startNote, startUploadNote } from "./note.js";
export { startPanel } from "./panel.js";
export { startReals } from "./reals.js";
