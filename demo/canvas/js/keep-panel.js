// The Keep panel: the view as a picture, a film, a page that works offline, numbers, and the Python that shows it again.
import { writeEdit } from "./edit.js";
import { fetchFile, fileName, keepFile } from "./files.js";
import { nameModel } from "./model-name.js";
import { pixelOf } from "./pins.js";
import { pythonOf } from "./python.js";
import { writeRecipe } from "./recipe.js";
import { sayProblem } from "./requests.js";
import { shareCard } from "./share-card.js";
import { layerOf, mapOf } from "./view.js";

export function keepPanel(context) {
  const { root, view, speak, stage } = context;
  const find = (selector) => root.querySelector(".panel.keep " + selector);
  const part = (name) => find(`#${root.dataset.room}-${name}`);
  const what = part("what");
  const [png, card, page, npz, svg, pdf, zip, gif, webp, mp4, copy] =
    ["png", "card", "html", "npz", "svg", "pdf", "zip", "gif", "webp", "mp4", "copy"].map(part);

  const model = () => context.value()?.recipe?.model ?? "";
  const seed = () => view.frame.header.seeds[view.chosen];
  const label = () => view.swapped ?? view.frame.header.labels?.[view.chosen] ?? null;
  const isOnWord = (point) => point?.beside !== undefined;
  const shown = () => ({ view, model: model(), seed: seed(), label: label(), step: context.step() });
  /** What the model is called in names of files: never the id of a training, which is a secret. */
  const title = () => context.value()?.others?.find((one) => one.key === model())?.title ?? model();
  const nameOf = (kind, more = "") => `${fileName(title())}-${seed()}${more}.${kind}`;

  // -- what is asked of the server ----------------------------------------------------------------------------
  /** Path of a file about the chosen picture as it is shown. */
  function pathOf(kind, more = {}) {
    const query = new URLSearchParams({ seed: seed(), ...more });
    if (label() !== null) query.set("label", label());
    if (view.truncation !== 1) query.set("truncation", view.truncation);
    if (writeEdit(view.edit)) query.set("edit", writeEdit(view.edit));
    return `/gradio_api/attngan/${kind}/${model()}?${query}`;
  }

  function pagePath() {
    const isDrawnAnew = writeEdit(view.edit) || view.swapped !== null;
    const alone = isDrawnAnew || view.chosen >= view.frame.attended; // not as the grid's frame has it
    const opening = new URLSearchParams(writeRecipe(view, {}, null, ""));
    if (alone) opening.delete("picture");
    const wishes = { language: speak.language, opening: String(opening) };
    if (alone) return pathOf("page", wishes);
    return `${context.value().url.replace("/frame/", "/page/")}&${new URLSearchParams(wishes)}`;
  }

  /** The pixel or word at a point, with layer and head; nothing without attention. */
  function shotAt(point) {
    const { layer, head } = view;
    if (!point || !layer) return {};
    const { x, y } = pixelOf(point, view.frame);
    const place = isOnWord(point) ? { word: point.beside } : { pixel: `${x},${y}` };
    return { ...place, layer, ...(head === "mean" ? {} : { head }) };
  }

  function figurePath(kind) {
    const shot = shotAt(view.pin ?? view.point ?? { x: 0.5, y: 0.5 });
    return pathOf("figure", { kind, mode: view.mode, ...shot });
  }

  function filmPath(kind) {
    const shot = layerOf(view)?.keyPlaces.kind === "grid" ? shotAt(view.pin) : {}; // a map over words lies nowhere in a picture
    if (what.value === "loop") return pathOf("film", { what: "loop", kind, mode: view.mode, ...shotAt({ x: 0.5, y: 0.5 }) });
    if (what.value === "time") {
      const query = new URLSearchParams({ what: "time", kind, picture: view.chosen, ...shot });
      return `/gradio_api/attngan/film/${model()}?${query}`;
    }
    return pathOf("film", { what: "way", kind, last: view.frame.header.seeds[Number(what.value)], ...shot });
  }

  // -- keeping -------------------------------------------------------------------------------------------------
  const kept = (name) => (find(".outcome").textContent = speak("keep_kept", { name }));

  function keepNow(blob, name) {
    keepFile(blob, name);
    kept(name);
  }

  async function keep(path, name) {
    find(".outcome").textContent = "";
    context.busy(true);
    try {
      await fetchFile(path, name);
      kept(name);
    } catch (problem) {
      find(".outcome").textContent = sayProblem(problem, speak);
    }
    context.busy(false);
  }

  png.addEventListener("click", () => stage.canvas.toBlob((blob) => keepNow(blob, nameOf("png"))));
  card.addEventListener("click", () => {
    const [sentence, credit] = [".sentence", ".samples .credit"].map((said) => root.querySelector(said).textContent);
    const texts = { title: nameModel({ key: model(), title: title() }, speak), sentence, credit, link: location.href };
    shareCard(view, stage.canvas, texts).toBlob((blob) => keepNow(blob, nameOf("png", "-card")));
  });
  for (const [button, kind] of [[svg, "svg"], [pdf, "pdf"]]) {
    button.addEventListener("click", () => keep(figurePath(kind), nameOf(kind)));
  }
  page.addEventListener("click", () => keep(pagePath(), nameOf("html")));
  npz.addEventListener("click", () => keep(pathOf("npz"), nameOf("npz")));
  zip.addEventListener("click", () => keep(`/gradio_api/attngan/zip/${model()}`, `${fileName(title())}.zip`));
  for (const [button, kind] of [[gif, "gif"], [webp, "webp"], [mp4, "mp4"]]) {
    button.addEventListener("click", () => keep(filmPath(kind), nameOf(kind)));
  }
  copy.addEventListener("click", async () => {
    const done = await navigator.clipboard?.writeText(pythonOf(shown())).then(() => true, () => false);
    find(".outcome").textContent = speak(done ? "canvas_link_copied" : "keep_select");
  });

  return {
    changed() {
      const here = context.isPresent() && Boolean(model());
      zip.disabled = !model();
      for (const button of [page, npz]) button.disabled = !here;
      what.disabled = Boolean(view.frame) && !view.frame.pictures; // films are of pictures
      for (const button of [gif, webp, mp4]) button.disabled = !here || what.disabled;
      find(".outcome").textContent = here ? "" : speak("keep_past");
      if (!view.frame) return;
      const others = [...Array(view.frame.count).keys()].filter((index) => index !== view.chosen);
      const before = what.value;
      what.replaceChildren(
        ...(context.value()?.timeline?.steps.length ? [new Option(speak("keep_film_time"), "time")] : []),
        ...(view.layer ? [new Option(speak("keep_film_loop"), "loop")] : []),
        ...others.map((index) => new Option(speak("keep_film_way", { from: view.chosen + 1, to: index + 1 }), String(index))),
      );
      if ([...what.options].some(({ value }) => value === before)) what.value = before;
    },
    refresh() {
      const isNowhere = isOnWord(view.pin ?? view.point) && !mapOf(view); // a layer that looks at no words
      for (const button of [svg, pdf]) {
        button.disabled = !context.isPresent() || !model() || !view.layer || view.mode === "flow" || isNowhere;
      }
      if (view.frame) part("python").textContent = pythonOf(shown());
    },
  };
}
