// A tour over the real controls, offered once; it can be left at any time and taken again.

const STORED = "attngan-tour"; // in the browser's local storage, once it was taken or declined
const STEPS = [
  ["picture", ".easel"], ["mode", ".mode"], ["maps", ".maps"], ["time", ".timeline"], ["panels", ".tabs"], ["link", ".link"],
];
const GAP_PIXELS = 10;

/** Offers the tour in the canvas of `root`; `again` is the button that starts it later. */
export function tourOf(root, speak, again) {
  let steps = [];
  let at = 0;

  const remembered = () => {
    try {
      return localStorage.getItem(STORED) !== null;
    } catch {
      return true; // a browser without storage would offer it at every visit
    }
  };
  function remember() {
    try {
      localStorage.setItem(STORED, "seen");
    } catch {
      // then it is offered again
    }
  }

  const make = (kind, className, text) =>
    Object.assign(document.createElement(kind), { className, textContent: text ?? "" });
  const buttonOf = (key, act) => {
    const button = make("button", "quiet", speak(key));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };

  // -- the offer ----------------------------------------------------------------------------------------------
  const offer = make("p", "offer", speak("tour_offer"));
  offer.append(buttonOf("tour_start", start), buttonOf("tour_decline", end));

  // -- the steps ----------------------------------------------------------------------------------------------
  const box = make("div", "tour");
  const said = make("p", "");
  const count = make("span", "count");
  const [back, next, leave] = [
    buttonOf("tour_back", () => show(at - 1)), buttonOf("tour_next", () => show(at + 1)), buttonOf("tour_leave", end),
  ];
  const row = make("p", "buttons");
  row.append(count, back, next, leave);
  box.append(said, row);
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", speak("tour_name"));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") end();
    if (step) show(at + step);
    if (event.key === "Escape" || step) event.preventDefault();
  });

  function start() {
    steps = STEPS.map(([name, selector]) => [name, root.querySelector(selector)]).filter(([, node]) => node?.offsetParent);
    offer.remove();
    remember();
    if (steps.length) root.append(box);
    show(0);
  }

  function show(index) {
    if (index < 0) return;
    if (index >= steps.length) return end();
    at = index;
    const [name, target] = steps[at];
    for (const [, node] of steps) node.classList.toggle("toured", node === target);
    said.textContent = speak(`tour_${name}`);
    count.textContent = speak("tour_count", { number: at + 1, count: steps.length });
    back.disabled = at === 0;
    next.textContent = speak(at === steps.length - 1 ? "tour_done" : "tour_next");
    leave.hidden = at === steps.length - 1;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    place(target);
    box.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    next.focus({ preventScroll: true });
  }

  /** Under the target, never over the edge of the canvas; where the box is scrolled to, the target is seen too. */
  function place(target) {
    const [around, on] = [root.getBoundingClientRect(), target.getBoundingClientRect()];
    box.style.top = `${on.bottom + GAP_PIXELS - around.top}px`;
    box.style.scrollMarginTop = `${on.height + 2 * GAP_PIXELS}px`;
    box.style.left = `${Math.max(0, Math.min(on.left - around.left, around.width - box.offsetWidth))}px`;
  }

  function end() {
    const within = box.contains(document.activeElement);
    for (const [, node] of steps) node.classList.remove("toured");
    offer.remove();
    box.remove();
    remember();
    if (within) again.focus();
  }

  again.addEventListener("click", start);
  return {
    /** Once there is something to show. */
    offer() {
      again.hidden = false;
      if (!remembered()) root.prepend(offer);
    },
  };
}
