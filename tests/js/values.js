// The frame that Python wrote and what it reads of it: make_values.py says what they are made of.
import { readFileSync } from "node:fs";
import { decodeFrame } from "../../demo/canvas/js/frame.js";

export const VALUES = JSON.parse(readFileSync(new URL("values.json", import.meta.url), "utf-8"));
export const BYTES = Uint8Array.from(Buffer.from(VALUES.frame, "base64")).buffer;
export const FRAME = decodeFrame(BYTES);
export const CAPTIONED = decodeFrame(Uint8Array.from(Buffer.from(VALUES.captioned, "base64")).buffer);
