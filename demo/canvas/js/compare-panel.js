// The Compare panel: the same noise drawn by another network, on the stage in the discriminator's place; one pointer
// moves over both.
import { showCards } from "./card-table.js";
import { coloursOf } from "./colours.js";
import { changeInWords, showTrio } from "./difference.js";
import { writeEdit } from "./edit.js";
import { make } from "./element.js";
import { attentionIn } from "./gains.js";
import { nameModel } from "./model-name.js";
import { pathOfItem } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { secondPicture } from "./second-picture.js";
import { asSeenIn } from "./view.js";

const OFF = "off"; // what an address may compare with too: the same model with its attention off (in Edit otherwise)

export function comparePanel(context) {
  const { root, view, speak } = context;
  const find = (selector) => root.querySelector(".panel.compare " + selector);
  const select = find("select");
  const second = secondPicture(context, (frame) => asSeenIn(view, frame));
  let open = false;
  let missing = false; // what the address asks for is not here
  let other = null; // frame of the other item

  const others = () => context.value()?.others ?? [];
  const cardOf = (key) => others().find((one) => one.key === key);
  const mine = () => cardOf(context.value()?.recipe?.model);
  const isSame = ({ data }) => data === mine()?.data;
  const models = () => [true, false].flatMap((same) => others().filter((one) => one !== mine() && isSame(one) === same));
  const isOff = () => view.against === OFF && Boolean(view.frame?.layers.length);
  const isKnown = () => isOff() || models().some(({ key }) => key === view.against);

  const redraws = redrawer({
    arrived(frame) {
      other = frame;
      showResult();
    },
    failed(problem) {
      other = null;
      showResult();
      find(".outcome").textContent = sayProblem(problem, speak);
    },
    busy: context.busy,
  });

  function ask() {
    const value = context.value();
    const offered = open && Boolean(view.frame && value?.single) && context.isPresent() && isKnown();
    root.classList.toggle("comparing", offered);
    second.call(select.selectedOptions[0]?.text ?? "");
    if (!offered) {
      other = null;
      redraws.wish(null);
      return showResult();
    }
    if (isOff()) return redraws.wish(`${pathOfItem(value, view)}&edit=${writeEdit(attentionIn({ ...view, edit: {} }).off())}`);
    const card = cardOf(view.against);
    const single = value.single.replace(/frame\/[^?]*/, `frame/${view.against}`).replace(/&v=\d+/, `&v=${card.version}`);
    return redraws.wish(pathOfItem({ single }, view, card));
  }

  function showResult() {
    if (!view.frame) return;
    const original = { frame: view.frame, index: view.chosen };
    const drawn = other ? { frame: other, index: 0 } : original;
    const change = showTrio(find(".trio"), original, drawn, coloursOf(view.colours), speak);
    find(".outcome").textContent = advice() || (other ? changeInWords(change, speak) : "");
    second.show(other);
    find(".trio").hidden = !other;
    showCards(find(".cards"), mine(), cardOf(view.against), speak);
    find(".apart-data").hidden = find(".cards").hidden || isSame(cardOf(view.against));
    context.repaint();
  }

  function advice() {
    if (missing) return speak("compare_missing");
    if (!view.against) return speak("compare_nobody");
    return context.isPresent() ? "" : speak("compare_past");
  }

  select.addEventListener("change", () => context.change(() => {
    view.against = select.value;
    missing = false;
    ask();
  }));

  function offer() {
    const same = models().filter(isSame);
    const different = models().filter((one) => !isSame(one));
    const group = (name, some) => {
      const place = make("optgroup", "", ...some.map((one) => new Option(nameModel(one, speak), one.key)));
      place.label = speak(name);
      return place;
    };
    select.replaceChildren(
      ...(isOff() ? [new Option(speak("compare_off"), OFF)] : []),
      ...(same.length ? [group("compare_same", same)] : []),
      ...(different.length ? [group("compare_others", different)] : []),
    );
    select.disabled = !select.options.length;
    missing ||= Boolean(view.against) && !isKnown();
    if (!isKnown()) view.against = open ? (models()[0]?.key ?? null) : null;
    select.value = view.against ?? "";
  }

  return {
    wanted: () => Boolean(view.against),
    changed() {
      offer();
      ask();
    },
    opened(isOpen) {
      if (open === isOpen) return;
      open = isOpen;
      if (!isOpen) view.against = null;
      if (view.frame) this.changed();
      context.remember();
    },
    overlay() {
      if (open) second.overlay();
    },
  };
}
