"""Every door, mode and panel in Chinese has no English left, and in English no Chinese.

What may stay in Latin letters in Chinese is in ALLOWED, with its reason; what is skipped, in SKIPPED.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import canvas
from tests.browser.serving import LABELS, MODELS, READERS

ALLOWED = {
    "the name of this project": "attngan",
    "names of networks, methods and measures, which Chinese papers write so": (
        "GAN SAGAN DCGAN FD KD logit logits softmax"
    ),
    "names of data sets": "MNIST KMNIST Fashion CIFAR",
    "kinds of files, as their names end": "zip npz npy csv tsv jsonl png PNG SVG PDF HTML GIF WebP MP4",
    "names of languages and programs": "Python NumPy Markdown API",
    "keys as they are labelled": "Shift Delete Esc",
    "names of colour maps": "magma viridis cividis",
    "units": "px MB GB",
    "authors of papers": "Kobayashi Abnar Zuidema Dosovitskiy Serrano Smith arXiv",
    "models and classes of this test": " ".join([*MODELS, *READERS, *LABELS]),
}
# Labels for screen readers that gradio has in its script and looks up in no dictionary.
UNTRANSLATABLE = {"Copy", "Click to upload or drop files", "Gradio footer navigation"}
OF_GRADIO = {"通过 API 或 MCP 使用"}  # its link to the API
NAMES = {word for words in ALLOWED.values() for word in words.split()}
# Commands and code; whose the pictures are, in the words of their licence.
SKIPPED = "script, style, code, pre, svg, #train-command textarea, .credit, #train-credit"
LATIN, CHINESE = re.compile(r"[A-Za-z]{2,}\d*"), re.compile(r"[\u4e00-\u9fff]")

# All that can be read now: texts, and what labels, titles and the like say of what is visible.
READABLE = f"""() => {{
  const skipped = (one) => one.closest({SKIPPED!r});
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {{
    const parent = walker.currentNode.parentElement;
    const shown = parent.closest("select")?.checkVisibility() || parent.checkVisibility();
    if (shown && !skipped(parent)) found.push(walker.currentNode.textContent);
  }}
  const names = ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-roledescription"];
  for (const one of document.querySelectorAll(names.map((name) => `[${{name}}]`).join())) {{
    if (!one.checkVisibility() || skipped(one)) continue;
    for (const name of names) if (one.getAttribute(name)) found.push(one.getAttribute(name));
  }}
  for (const one of document.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea")) {{
    if (one.checkVisibility() && !skipped(one)) found.push(one.value);
  }}
  return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
}}"""


def unfold(page: Any) -> None:
    """Open all that can be opened where it stands."""
    page.locator("details:not([open]) > summary:visible").evaluate_all(
        "(all) => all.forEach((one) => one.click())"
    )


def places(page: Any) -> Iterator[str]:
    """Goes to every door, stop, mode and panel, as the page itself lists them; says where it is."""
    for door in page.locator("#page-header nav button").all():
        door.click()
        name = door.get_attribute("data-door")
        unfold(page)
        if name == "learn":
            page.locator("#learn-stops .next:visible").wait_for()
            for stop in page.locator("#learn-stops ol button").all():
                stop.click()
                page.wait_for_timeout(100)
                yield f"{name}: {page.inner_text('#learn-stops h2')}"
        elif name == "train":
            page.wait_for_selector("#train-reals-picture[src]")
            yield name
            for box in page.locator("#train-form input[role=combobox]").all():
                box.click()
                page.locator("ul[role=listbox]").last.wait_for()
                yield f"{name}: {box.get_attribute('aria-label')}"
                page.keyboard.press("Escape")
        else:
            yield from panels(page)


def panels(page: Any) -> Iterator[str]:
    """Explore's modes, panels and views of the discriminator."""
    canvas.hover(page, 0.4, 0.4)
    page.mouse.down()
    page.mouse.up()
    for mode in page.locator("#explorer-mode label").all():
        mode.click()
        canvas.settle(page)
        yield f"mode {mode.inner_text()}"
    for tab in page.locator("#explorer-tabs button").all():
        tab.click()
        unfold(page)
        page.wait_for_timeout(500)
        yield f"panel {tab.inner_text()}"
    for whose in page.locator("#explorer-discriminator .whose button[data-name]:not([data-name=own])").all():
        whose.click()
        page.wait_for_timeout(300)
        yield f"judged {whose.inner_text()}"
    for term in page.locator(".term:visible").all():
        term.focus()
        yield f"told of {term.inner_text()}"


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_no_place_of_the_page_speaks_the_other_language(
    visit: Callable[..., Any], finished: str, language: str
) -> None:
    one = visit("?model=signs", locale=language, reduced_motion="reduce")
    page = one.page
    canvas.ready(page)
    page.evaluate("(run) => localStorage.setItem('attngan-train', run)", finished)
    page.reload()
    canvas.ready(page)
    drawn = "由网络画出" if language == "zh-CN" else "Drawn by the network"
    expect(page.locator("#explorer-credit")).to_have_text(re.compile(drawn))
    wrong: dict[str, str] = {}
    count = 0
    for place in places(page):
        count += 1
        for text in page.evaluate(READABLE):
            foreign = set(LATIN.findall(text)) - NAMES if language == "zh-CN" else set(CHINESE.findall(text))
            if foreign and text not in UNTRANSLATABLE | OF_GRADIO:
                wrong.setdefault(text[:100], f"{place}: {sorted(foreign)}")
    assert count > 30
    assert wrong == {}


def test_no_text_of_the_page_has_english_in_chinese() -> None:
    from tests.demo.test_glossary import texts

    wrong = {
        key: foreign
        for language, key, text in texts()
        if language == "zh-CN"
        and (
            foreign := set(LATIN.findall(re.sub(r"\{\w+\}|`[^`]+`|\[\[\w+\|?|\barXiv [\d.]+", "", text)))
            - NAMES
        )
    }
    assert wrong == {}


def test_every_allowed_name_is_found_in_the_sources_of_the_page() -> None:
    sources = [path for path in Path("demo").rglob("*") if path.suffix in (".py", ".js", ".html")]
    said = " ".join(path.read_text("utf-8") for path in sources)
    known = {*MODELS, *READERS, *LABELS}
    assert [name for name in NAMES - known if name not in said] == []
