"""attngan: attention-GANs that learn on two CPU cores, and show where they look."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attngan.exploring import explore as explore


def __getattr__(name: str) -> object:
    """`attngan.explore`, imported when it is first asked for: torch takes seconds."""
    if name == "explore":
        from attngan.exploring import explore

        return explore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
