"""What stands in the page's HTML in the place of gradio's link to a manifest, which this page has none of."""

from pathlib import Path

from gradio import routes
from jinja2.ext import Extension

LINK = '<link rel="manifest" href="/manifest.json" />'


class Head(Extension):
    """Has gradio's templates with head.html in them."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template as it is to be read."""
        return source.replace(LINK, Path(__file__).with_name("head.html").read_text("utf-8"))


def mend() -> None:
    """From here on gradio serves the page so."""
    routes.templates.env.add_extension(Head)
