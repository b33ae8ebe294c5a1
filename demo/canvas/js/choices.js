// Segmented choices: native radio buttons, so that keyboard and screen reader work by themselves.

/** Show `options` ([{value, label, hint}]) in a fieldset; `choose(value)` is called on a person's choice. */
export function showChoices(fieldset, options, chosen, choose) {
  const place = fieldset.querySelector("div");
  const shape = JSON.stringify(options);
  if (fieldset.dataset.shape !== shape) {
    fieldset.dataset.shape = shape;
    place.replaceChildren(...options.map((option) => choiceOf(fieldset.id, option, choose)));
  }
  for (const input of place.querySelectorAll("input")) input.checked = input.value === String(chosen);
}

function choiceOf(name, option, choose) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const text = document.createElement("span");
  input.type = "radio";
  input.name = name;
  input.value = String(option.value);
  input.addEventListener("change", () => input.checked && choose(option.value));
  text.textContent = option.label;
  if (option.hint) label.title = option.hint;
  label.append(input, text);
  return label;
}
