// The tools of the Edit panel: whom a change is for, what a stroke does, and how it is undone.
import assert from "node:assert/strict";
import test from "node:test";
import { editCommands } from "../../demo/canvas/js/edit-commands.js";
import { editHistory } from "../../demo/canvas/js/edit-history.js";
import { chooseWhom, newTool, placesFor, queryShown, takeTool, toolsOf } from "../../demo/canvas/js/edit-tool.js";
import { writeEdit } from "../../demo/canvas/js/edit.js";
import { adopt, newView } from "../../demo/canvas/js/view.js";
import { CAPTIONED, FRAME } from "./values.js";

const pointAt = (x, y) => ({ x: (x + 0.5) / 7, y: (y + 0.5) / 5 });

/** A view of layer 5 (5 x 7 queries, 3 x 2 keys), an open tool, and the commands with what they told the screen. */
function opened() {
  const [view, tool, told] = [newView(), newTool(), []];
  adopt(view, FRAME);
  tool.open = true;
  const hear = (name) => () => told.push(name);
  const screen = { redraw: hear("redraw"), refresh: hear("refresh"), repaint: hear("repaint"), refuse: hear("refuse") };
  return { view, tool, told, commands: editCommands(view, tool, screen, () => true) };
}

function strokeOver(commands, ...places) {
  commands.stroke("begin");
  for (const place of places) commands.stroke("place", place);
  commands.stroke("end");
}

test("a stroke forbids keys to the pinned pixel, and is undone and redone as one", () => {
  const { view, tool, told, commands } = opened();
  view.pins = [pointAt(3, 1)]; // query 1 * 7 + 3
  takeTool(tool, view, "forbid");
  strokeOver(commands, 2, 3, 3, 5);
  assert.equal(writeEdit(view.edit), "5*x2-3.5q10");
  assert.deepEqual(told, ["redraw", "redraw", "redraw", "refresh"]); // the second 3 changes nothing
  commands.undo();
  assert.equal(writeEdit(view.edit), "");
  assert.deepEqual([commands.history.canUndo, commands.history.canRedo], [false, true]);
  commands.redo();
  assert.equal(writeEdit(view.edit), "5*x2-3.5q10");
});

test("a stroke that changes nothing leaves nothing to undo", () => {
  const { view, tool, commands } = opened();
  view.pins = [pointAt(3, 1)];
  takeTool(tool, view, "allow");
  strokeOver(commands, 2);
  assert.equal(commands.history.canUndo, false);
});

test("a slide of the gate is undone as one", () => {
  const { view, commands } = opened();
  for (const gate of [0.75, 0.5, 0.25]) commands.slide(gate);
  commands.endSlide();
  assert.equal(writeEdit(view.edit), "5*g0.25");
  commands.undo();
  assert.deepEqual(view.edit, {});
});

test("a region is marked first, then its queries are ruled together", () => {
  const { view, tool, told, commands } = opened();
  chooseWhom(tool, view, "region");
  assert.equal(tool.name, "region");
  strokeOver(commands, 8, 2, 3);
  assert.deepEqual(told, ["repaint", "repaint", "repaint"]);
  takeTool(tool, view, "send");
  strokeOver(commands, 4);
  assert.equal(writeEdit(view.edit), "5*o4q2-3.8");
  takeTool(tool, view, "region");
  strokeOver(commands, 3, 11, 8); // a stroke that begins on a mark takes marks away, and sets none
  takeTool(tool, view, "forbid");
  strokeOver(commands, 1);
  assert.equal(writeEdit(view.edit), "5*o4q2-3.8*x1q2");
});

test("a tool paints on nothing while it is down, closed, without a query, or over an earlier moment", () => {
  const { view, tool } = opened();
  assert.equal(placesFor(tool, view, true), null);
  takeTool(tool, view, "forbid");
  assert.equal(placesFor(tool, view, true), null);
  view.pins = [pointAt(0, 0)];
  assert.equal(placesFor(tool, view, true), FRAME.layers[1].keyPlaces);
  assert.equal(placesFor(tool, view, false), null);
  tool.open = false;
  assert.equal(placesFor(tool, view, true), null);
});

test("there is a tool for regions only where the change is for one", () => {
  const { view, tool } = opened();
  assert.deepEqual(toolsOf(tool), ["look", "forbid", "allow", "send", "weigh"]);
  chooseWhom(tool, view, "region");
  assert.deepEqual(toolsOf(tool), ["look", "forbid", "allow", "send", "weigh", "region"]);
  chooseWhom(tool, view, "all");
  assert.equal(tool.name, "look");
});

test("a key is weighed for all, without a query, and taken back where it is allowed", () => {
  const { view, tool, commands } = opened();
  takeTool(tool, view, "weigh");
  strokeOver(commands, 3, 1);
  assert.equal(writeEdit(view.edit), "5*k3x1.3");
  view.pins = [pointAt(3, 1)];
  takeTool(tool, view, "allow");
  strokeOver(commands, 3);
  assert.equal(writeEdit(view.edit), "5*k3x1");
  strokeOver(commands, 1);
  assert.deepEqual(view.edit, {});
});

test("a word is forbidden to all where no pixel is pinned", () => {
  const [view, tool] = [newView(), newTool()];
  adopt(view, CAPTIONED);
  takeTool(tool, view, "forbid");
  assert.equal(tool.whom, "all");
  const other = opened();
  takeTool(other.tool, other.view, "forbid");
  assert.equal(other.tool.whom, "pin");
});

test("for all queries only what is forbidden to all is shown", () => {
  const { view, tool } = opened();
  view.pins = [pointAt(3, 1)];
  assert.equal(queryShown(tool, view), 10);
  chooseWhom(tool, view, "all");
  takeTool(tool, view, "forbid");
  assert.equal(queryShown(tool, view), null);
});

test("by keys the tool moves over the places that it paints on, and is used where it is", () => {
  const { view, tool, commands } = opened();
  assert.equal(commands.step(1, 0), null);
  assert.equal(commands.press(), false);
  view.pins = [pointAt(3, 1)];
  takeTool(tool, view, "forbid");
  assert.equal(commands.step(-9, 1).place, 2 * 2); // from the middle of 3 x 2 keys to the last row's first
  assert.equal(commands.press(), true);
  assert.equal(writeEdit(view.edit), "5*x4q10");
});

test("after 200 changes the oldest is forgotten", () => {
  const history = editHistory();
  for (let change = 0; change <= 201; change++) history.push(change);
  let last = 202;
  let steps = 0;
  while (history.canUndo) [last, steps] = [history.undo(last), steps + 1];
  assert.deepEqual([last, steps], [2, 200]);
  assert.equal(history.undo(last), null);
});
