// Runs once when the page is there.
() => {
  // On Tab, gradio's dropdown closes as it loses the focus and then, in the handler of the same key, opens again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.getAttribute?.("role") === "combobox") event.stopPropagation();
  }, true);

  // Every model of the list has its thumbnail, which the list's own labels cannot hold; own trainings come and go there.
  const dress = () => {
    const row = document.querySelector("#explorer-model .wrap:has(label)");
    if (!row) return;
    row.setAttribute("role", "radiogroup");
    row.setAttribute("aria-label", document.querySelector("#explorer-model [data-testid=block-info]").textContent);
    for (const radio of row.querySelectorAll("input")) {
      const address = new URL(`gradio_api/attngan/thumbnail/${encodeURIComponent(radio.value)}`, document.baseURI);
      const wanted = `url("${address}")`;
      const label = radio.closest("label");
      // One group, in which arrows move; gradio gives each a name of its own.
      if (radio.name !== "explorer-model") radio.name = "explorer-model";
      label.title = label.textContent.trim();
      if (label.style.getPropertyValue("--thumbnail") !== wanted) label.style.setProperty("--thumbnail", wanted);
      const beyond = label.offsetLeft + label.offsetWidth - row.offsetLeft - row.clientWidth;
      if (radio.checked && beyond > row.scrollLeft) row.scrollLeft = beyond + 8;
    }
  };
  const arrival = new MutationObserver(() => {
    const list = document.querySelector("#explorer-model");
    if (!list) return;
    arrival.disconnect();
    for (const picture of document.querySelectorAll("footer img")) picture.alt = ""; // the words stand beside it
    dress();
    new MutationObserver(dress).observe(list, { childList: true, subtree: true, attributeFilter: ["name"] });
  });
  arrival.observe(document.body, { childList: true, subtree: true });
}
