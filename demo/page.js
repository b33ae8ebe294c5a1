// Runs once when the page is there.
() => {
  // On Tab, gradio's dropdown closes as it loses the focus and then, in the handler of the same key, opens again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.getAttribute?.("role") === "combobox") event.stopPropagation();
  }, true);
}
