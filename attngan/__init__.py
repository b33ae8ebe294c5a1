"""attngan: attention-GANs that learn on two CPU cores, and show where they look."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attngan.explain.exploring import explore as explore
    from attngan.measure import metrics as metrics
    from attngan.model import checkpoints as checkpoints
    from attngan.model import sampling as sampling
    from attngan.model.checkpoints import Model as Model

SHORT = {  # names that the package lends, and where they live
    "checkpoints": "attngan.model.checkpoints",
    "Model": "attngan.model.checkpoints:Model",
    "sampling": "attngan.model.sampling",
    "metrics": "attngan.measure.metrics",
    "explore": "attngan.explain.exploring:explore",
}


def __getattr__(name: str) -> object:
    """One of SHORT, imported when it is first asked for: torch takes seconds."""
    if name not in SHORT:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = SHORT[name].partition(":")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found
