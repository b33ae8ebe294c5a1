"""How much of its own the page sends, packed: script, style, markup and words, each as often as it is sent.

    python bench/weight.py

Gradio's own files are not counted.
"""

import gzip
from collections.abc import Iterator

import gradio as gr

from demo import theme, train
from demo.app import build_app
from demo.canvas import parts


def texts(page: gr.Blocks) -> Iterator[str]:
    """All that the page's own components and the page itself send to be run, styled or laid out."""
    for block in page.blocks.values():
        if isinstance(block, gr.HTML):
            yield from (block.js_on_load or "", block.css_template or "", block.html_template or "")
    yield from (theme.css(), train.style(), theme.js(), parts.bundle())


def packed_kilobytes(page: gr.Blocks) -> float:
    """Kilobytes (1000 bytes) of `texts`, each gzipped by itself."""
    return sum(len(gzip.compress(text.encode(), mtime=0)) for text in texts(page)) / 1e3


if __name__ == "__main__":
    print(f"script, style and markup of the page's own, packed: {packed_kilobytes(build_app()):.0f} kB")
