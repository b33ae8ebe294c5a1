"""The model card: what a person should know about a model before using it."""

from attngan import vocabulary
from attngan.config import About, ModelConfig
from attngan.kinds.registry import kind_of


def card(config: ModelConfig, about: About) -> str:
    """The text of a checkpoint's README.md."""
    kind = kind_of(config)
    rows = kind.card(config) | {
        "Trained on": about.data or "unknown data",
        "Licence of the data and of this model": about.licence or "unknown",
        "Attribution": about.attribution or "none given",
        "Training": f"{about.steps} steps, {about.images} {kind.several} seen, {about.seconds:.0f} seconds",
        "Seed": str(about.seed),
        "Command": f"`{about.command}`" if about.command else "not recorded",
    }
    rows |= {f"Measured: {vocabulary.title(key)}": _measured(key, about) for key in about.metrics}
    table = "\n".join(f"| {name} | {_cell(value)} |" for name, value in rows.items())
    return f"""# {about.name or "A model of attngan"}

A generator that makes {kind.several} from noise, with the discriminator that taught it.

| | |
|---|---|
{table}

It knows only its training data: expect copies and blends of them, and nothing else. Use it to study
attention, not to tell what is true. `python -m attngan sample` and `heatmap` take this folder.
"""


def _measured(key: str, about: About) -> str:
    real = f" (real against real: {about.real[key]:.4g})" if key in about.real else ""
    return f"{about.metrics[key]:.4g}{real}"


def _cell(text: str) -> str:
    """The text in one cell of a table: one line, its bars escaped."""
    return " ".join(text.split()).replace("|", "\\|")
