// What is being looked at as a part of the address, so that a link shows the same.

const OWN = ["model", "seed", "class", "picture", "layer", "head", "mode", "pixel", "step"];

/** The wishes of an address's query: those for the server are `named`, the rest is applied to the view. */
export function readRecipe(search) {
  const query = new URLSearchParams(search);
  const whole = (name) => (/^\d{1,9}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null);
  return {
    named: ["model", "seed", "class"].some((name) => query.has(name)),
    given: OWN.filter((name) => query.has(name)),
    picture: whole("picture"),
    layer: query.get("layer"),
    head: query.get("head") === "mean" ? "mean" : whole("head"),
    mode: query.get("mode"),
    pixel: /^\d{1,4},\d{1,4}$/.test(query.get("pixel") ?? "") ? query.get("pixel").split(",").map(Number) : null,
    step: whole("step"),
  };
}

/** Bring a recipe into a view that has a frame; true when all that was given fitted. */
export function applyRecipe(view, recipe, { modes, headsOf, layers }) {
  const { frame } = view;
  const fits = [];
  const take = (name, good, apply) => {
    if (!recipe.given.includes(name)) return;
    fits.push(good);
    if (good) apply();
  };
  take("picture", recipe.picture >= 1 && recipe.picture <= frame.count, () => (view.chosen = recipe.picture - 1));
  take("layer", layers.some(({ name }) => name === recipe.layer), () => (view.layer = recipe.layer));
  const layer = layers.find(({ name }) => name === view.layer);
  const head = recipe.head === "mean" || recipe.head === null ? recipe.head : recipe.head - 1;
  take("head", Boolean(layer) && headsOf(layer).includes(head), () => (view.head = head));
  take("mode", modes.includes(recipe.mode), () => (view.mode = recipe.mode));
  const [x, y] = recipe.pixel ?? [];
  take("pixel", x < frame.width && y < frame.height, () => {
    view.pin = { x: (x + 0.5) / frame.width, y: (y + 0.5) / frame.height };
    view.point = { ...view.pin };
  });
  return fits.every(Boolean);
}

/** The query that shows this view again; what else the address holds is kept. */
export function writeRecipe(view, value, step, search) {
  const query = new URLSearchParams(search);
  for (const name of OWN) query.delete(name);
  const { frame, pin } = view;
  const wishes = {
    ...value.recipe,
    picture: view.chosen + 1,
    layer: view.layer,
    head: view.head === "mean" ? "mean" : view.head + 1,
    mode: view.mode,
    pixel: pin && frame ? `${Math.floor(pin.x * frame.width)},${Math.floor(pin.y * frame.height)}` : null,
    step,
  };
  for (const [name, wish] of Object.entries(wishes)) if (wish !== null && wish !== undefined) query.set(name, wish);
  return "?" + query.toString().replaceAll("%2C", ",");
}
