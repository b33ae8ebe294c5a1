"""Which tab a visitor arrives on: the one that the address names, else where they were, but links win."""

from typing import Any

import gradio as gr

from demo.own import QUIET

KEPT = "attngan-door"  # in the browser's local storage
# A page that is loaded again stays where it was: its address is then no link, but what Explore wrote there.
ARRIVE = f"""() => {{
  const query = new URLSearchParams(location.search);
  const kept = (() => {{ try {{ return localStorage.getItem("{KEPT}"); }} catch {{ return null; }} }})();
  const again = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const linked = [...query.keys()].some((name) => name !== "door" && !name.startsWith("__"));
  const door = again ? kept : (query.get("door") ?? (linked ? null : kept));
  document.documentElement.dataset.arrived = ""; // gradio selects the first tab by itself before
  return DOORS.includes(door) ? {{__type__: "update", selected: door}} : {{__type__: "update"}};
}}"""

REMEMBER = f"""() => {{
  if (!("arrived" in document.documentElement.dataset)) return;
  try {{ localStorage.setItem("{KEPT}", "DOOR"); }} catch {{ /* a browser that keeps nothing */ }}
}}"""


def connect(page: gr.Blocks, tabs: gr.Tabs, doors: dict[str, Any]) -> None:
    """Has the browser open the tabs by their ids as said above; inside `page`, the current gr.Blocks."""
    for name, tab in doors.items():
        tab.select(fn=None, js=REMEMBER.replace("DOOR", name), **QUIET)
    page.load(fn=None, js=ARRIVE.replace("DOORS", str(list(doors))), outputs=[tabs], **QUIET)
