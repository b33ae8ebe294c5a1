// The page's address follows what is looked at, and a link shows the same again.
import { applyRecipe, readRecipe, writeRecipe } from "./recipe.js";

const REMEMBER_MILLISECONDS = 400; // after the last change

/**
 * Reads the address once and then, if it `follows`, keeps it; a page without a server has an `opening` in its place.
 * `now()` gives {value, step}: what is shown of which training step.
 */
export function addressOf(root, view, speak, { recipe: follows, opening }, now) {
  const find = (selector) => root.querySelector(selector);
  const recipe = follows || opening ? readRecipe(opening ?? location.search) : null;
  if (recipe?.truncation) view.truncation = recipe.truncation;
  let followed = !recipe?.given.length; // what the address asks for has been shown
  let remembering = 0;

  function query() {
    const { value, step } = now();
    return writeRecipe(view, value, step, location.search);
  }

  find(".link").addEventListener("click", async (event) => {
    const address = location.origin + location.pathname + query();
    const copied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    if (!copied) window.prompt(speak("canvas_link"), address);
    else event.target.textContent = speak("canvas_link_copied");
    setTimeout(() => (event.target.textContent = speak("canvas_link")), 2000);
  });

  return {
    /** Whether the server has to answer what the address asks for before anything is shown. */
    get awaited() {
      return !followed && recipe.named;
    },
    /** A frame arrived: the first one is brought to what the address asks for, which is returned once. */
    follow(from) {
      const firstTime = !followed;
      followed = true;
      const fitted = !firstTime || applyRecipe(view, recipe);
      find(".note").hidden = fitted && !from.unfit;
      find(".note").textContent = fitted && !from.unfit ? "" : speak("canvas_unfit");
      find(".link").hidden = !from.recipe;
      return firstTime ? recipe : null;
    },
    remember() {
      if (!follows || !now().value?.recipe) return;
      clearTimeout(remembering);
      remembering = setTimeout(
        () => history.replaceState(history.state, "", location.pathname + query()), REMEMBER_MILLISECONDS,
      );
    },
  };
}
