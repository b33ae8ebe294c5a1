// What the smaller bundle, of notes and real items, offers to the scripts in demo/train/parts.py.
export { startNote, startUploadNote } from "./note.js";
export { startPad } from "./pad.js";
export { startReals } from "./reals.js";
