// What the canvas says, in the reader's language. Text reaches the page through textContent alone.

/** A function from key and values to text; `words` maps language to key to text. */
export function speaker(words) {
  const language = languageOf(Object.keys(words));
  const texts = words[language];
  let endings = []; // of keys whose texts differ for the kind of items in view, the closest first
  const textOf = (key) => texts[endings.map((ending) => key + ending).find((one) => one in texts) ?? key] ?? key;
  const speak = (key, values = {}) =>
    textOf(key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  const digits = new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 2 });
  speak.percent = (share) => (Number.isFinite(share) ? digits.format(share) : "–");
  const formats = []; // by decimal places; making one takes longer than all else that is said
  const formatOf = (places) =>
    (formats[places] ??= new Intl.NumberFormat(language, { maximumFractionDigits: places, minimumFractionDigits: places }));
  speak.number = (value, places = 2) => (Number.isFinite(value) ? formatOf(places).format(value) : "–");
  speak.language = language;
  /** Speak of items of a kind: of others than pictures with the texts whose keys end in _<kind> or _places. */
  speak.about = (kind) => {
    const before = String(endings);
    endings = kind === "pictures" ? [] : [`_${kind}`, "_places"];
    return String(endings) !== before;
  };
  return speak;
}

function languageOf(known) {
  const wanted = document.documentElement.lang.toLowerCase(); // as gradio chose it, so that the page speaks one
  const same = (one) => one.toLowerCase() === wanted;
  const close = (one) => one.toLowerCase().split("-")[0] === wanted.split("-")[0];
  return known.find(same) ?? known.find(close) ?? known[0];
}

/** Fill every data-word element, data-hint and data-label with its text. */
export function fillWords(root, speak) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = speak(node.dataset.word);
  for (const node of root.querySelectorAll("[data-hint]")) node.title = speak(node.dataset.hint);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", speak(node.dataset.label));
}
