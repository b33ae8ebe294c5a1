"""The glossary: what every term and every number of the page means, in one place, told by one tooltip.

A text of demo.words names a term as `[[head]]`, or `[[head|Heads]]` where it shows another word; always so in
Chinese. The browser makes it a button that explains itself. `WORDS` holds, for each term of `TERMS`, its name
(`term_head_name`), what it means (`term_head`) and a tiny worked example (`term_head_example`, see `Entry`);
and what the numbers mean (`explain_...`), which show the example of the first term that they mark. The name
and the example of each measure (`explain_measure_fd_example`) are in `measures`, and what it means in
demo.words.measures.
"""

import re

from demo.words.glossary import looking, measures, numbers, training
from demo.words.glossary.entry import Entry

MARK = re.compile(r"\[\[(\w+)(?:\|([^\]]+))?\]\]")
SECTIONS = (looking, training)
TERMS: dict[str, dict[str, Entry]] = {
    language: {name: entry for section in SECTIONS for name, entry in section.TERMS[language].items()}
    for language in ("en", "zh-CN")
}


def texts_of(name: str, entry: Entry) -> dict[str, str]:
    """Key -> text of one term."""
    return {
        f"term_{name}_name": entry.name,
        f"term_{name}": entry.means,
        f"term_{name}_example": entry.example,
    }


WORDS: dict[str, dict[str, str]] = {
    language: numbers.WORDS[language]
    | {key: text for name, entry in terms.items() for key, text in texts_of(name, entry).items()}
    for language, terms in TERMS.items()
}


KEYS = [*(f"term_{name}" for name in TERMS["en"]), *measures.KEYS]  # of all to be read in one place


def linked(text: str) -> str:
    """The text with its terms as links in Markdown, which is all that gradio shows of them: `#term_head`."""
    return MARK.sub(lambda found: f"[{found[2] or found[1]}](#term_{found[1]})", text)
