"""What a person changes in a generator's attention: a checked description, short enough for an address.

As text, `16*g0.5*h1-0*x0-7.16q5_8*g0` says: in layer 16 scale the gate by 0.5, mute the second of two
heads and forbid query 5 the keys 0 to 7 and 16; remove layer 8. `words-8*x2*k3x1` says: silence the third
word, and let the second weigh three times as much. Places are counted from 0, cells row by row.

Shapes: N heads, Q queries, K keys.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Self

import torch
from pydantic import Field, model_validator
from torch import Tensor

from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.nn.attention import NAME, Attention, AttentionEdit
from attngan.nn.players import Generator

LONGEST_TEXT = 4000  # characters
MOST_RULES = 64  # in one layer
MOST_CELLS = 4096  # of one feature map
LARGEST_GAIN = 4.0

Cell = Annotated[int, Field(ge=0, lt=MOST_CELLS)]
Gain = Annotated[float, Field(ge=0, le=LARGEST_GAIN)]

NUMBER = r"\d{1,2}(?:\.\d{1,6})?"
CELLS = r"\d{1,4}(?:-\d{1,4})?(?:\.\d{1,4}(?:-\d{1,4})?)*"
PART = re.compile(
    rf"g(?P<gate>{NUMBER})|h(?P<heads>{NUMBER}(?:-{NUMBER})*)"
    rf"|k(?P<gain>{NUMBER})x(?P<gained>{CELLS})"
    rf"|(?P<action>[xo])(?P<keys>{CELLS})(?:q(?P<queries>{CELLS}))?",
    re.ASCII,
)


class Rule(Settings):
    """Forbids `keys` to `queries` (None: to all), or lets these look at nothing `only` the keys."""

    action: Literal["forbid", "only"] = "forbid"
    keys: tuple[Cell, ...] = Field(min_length=1)
    queries: tuple[Cell, ...] | None = Field(None, min_length=1)


class KeyGain(Settings):
    """Has `keys` weigh `gain` times as much, for all queries, before their weights sum to 1 again."""

    gain: Gain
    keys: tuple[Cell, ...] = Field(min_length=1)


class LayerEdit(Settings):
    """The change to one layer; of two rules about the same query the later one has the last word."""

    layer: str = Field(pattern=f"^{NAME}$")
    rules: tuple[Rule, ...] = Field((), max_length=MOST_RULES)
    key_gains: tuple[KeyGain, ...] = Field((), max_length=MOST_RULES)
    head_gains: tuple[Gain, ...] | None = Field(None, min_length=1)  # one a head: 0 mutes it
    gate_gain: Gain = 1.0  # 0 removes the layer

    def mask(self, queries: int, keys: int) -> Tensor | None:
        """Bool (Q, K), True where a key may be looked at; None where nothing is ruled.

        Raises AttnGanError where a rule names a query or key that is not there.
        """
        if not self.rules:
            return None
        for rule in self.rules:
            self._check("keys", rule.keys, keys)
            self._check("queries", rule.queries or (), queries)
        allowed = torch.ones(queries, keys, dtype=torch.bool)
        for rule in self.rules:
            rows = slice(None) if rule.queries is None else torch.tensor(rule.queries)
            named = torch.zeros(keys, dtype=torch.bool)
            named[torch.tensor(rule.keys)] = True
            allowed[rows] = named if rule.action == "only" else allowed[rows] & ~named
        return allowed

    def gains(self, keys: int) -> Tensor:
        """What each key's weight is multiplied by, float32 (K,); raises AttnGanError as `mask` does."""
        found = torch.ones(keys)
        for each in self.key_gains:
            self._check("keys", each.keys, keys)
            found[torch.tensor(each.keys)] *= each.gain
        return found

    def _check(self, what: str, places: tuple[int, ...], count: int) -> None:
        if places and max(places) >= count:
            raise AttnGanError(f"Layer {self.layer} has {what} 0 to {count - 1}, not {max(places)}.")


class Edit(Settings):
    """Changes to some layers of a generator, each named once; none at all is the generator as it is."""

    layers: tuple[LayerEdit, ...] = ()

    @model_validator(mode="after")
    def _each_layer_once(self) -> Self:
        names = [layer.layer for layer in self.layers]
        if len(set(names)) < len(names):
            raise ValueError(f"a layer is named twice: {names}")
        return self

    @property
    def text(self) -> str:
        """The edit in the few characters of an address; `parse_text` reads it."""
        return "_".join(map(_layer_text, self.layers))

    def on(self, generator: Generator) -> dict[str, AttentionEdit]:
        """The edit as `sampling.sample` takes it; raises AttnGanError where it does not fit the generator.

        Queries and keys that are not there are told when it draws, since a text decides how many there are.
        """
        return {layer.layer: _fitted(layer, generator) for layer in self.layers}


def parse_text(text: str) -> Edit:
    """The edit that a text describes, the empty one for ""; raises AttnGanError for any other text."""
    if len(text) > LONGEST_TEXT:
        raise AttnGanError(f"An edit has at most {LONGEST_TEXT} characters, not {len(text)}.")
    return Edit(layers=()) if not text else Edit.of(layers=tuple(map(_layer_of, text.split("_"))))


def without_attention(generator: Generator) -> Edit:
    """The edit that removes every attention layer."""
    return Edit(layers=tuple(LayerEdit(layer=name, gate_gain=0.0) for name in generator.attention))


def _layer_of(text: str) -> LayerEdit:
    name, *parts = text.split("*")
    if not re.fullmatch(NAME, name):
        raise AttnGanError(
            f"An edit begins with a layer's name, in pictures its size in pixels, not {name!r:.60}."
        )
    values: dict[str, object] = {"layer": name}
    rules, gains = [], []
    for part in parts:
        found = PART.fullmatch(part)
        if found is None:
            raise AttnGanError(f"An edit cannot say {part!r:.60}: see the examples in attngan.explain.edits.")
        if found["gate"]:
            values["gate_gain"] = float(found["gate"])
        elif found["heads"]:
            values["head_gains"] = tuple(map(float, found["heads"].split("-")))
        elif found["gain"]:
            gains.append({"gain": float(found["gain"]), "keys": _cells_of(found["gained"])})
        else:
            rules.append(
                {
                    "action": "forbid" if found["action"] == "x" else "only",
                    "keys": _cells_of(found["keys"]),
                    "queries": _cells_of(found["queries"]) if found["queries"] else None,
                }
            )
    return LayerEdit.of(**values, rules=tuple(rules), key_gains=tuple(gains))


def _layer_text(edit: LayerEdit) -> str:
    parts = [edit.layer]
    if edit.gate_gain != 1:
        parts.append(f"g{_short(edit.gate_gain)}")
    if edit.head_gains is not None:
        parts.append("h" + "-".join(map(_short, edit.head_gains)))
    parts += [f"k{_short(each.gain)}x{_cells_text(each.keys)}" for each in edit.key_gains]
    for rule in edit.rules:
        whom = "" if rule.queries is None else f"q{_cells_text(rule.queries)}"
        parts.append(("x" if rule.action == "forbid" else "o") + _cells_text(rule.keys) + whom)
    return "*".join(parts)


def _short(gain: float) -> str:
    return f"{gain:.6f}".rstrip("0").rstrip(".")


def _cells_of(text: str) -> tuple[int, ...]:
    cells: list[int] = []
    for part in text.split("."):
        first, _, last = part.partition("-")
        cells += range(int(first), int(last or first) + 1)
        if len(cells) > MOST_CELLS:
            raise AttnGanError(f"An edit names at most {MOST_CELLS} cells at once.")
    return tuple(cells)


def _cells_text(cells: Sequence[int]) -> str:
    """Neighbouring numbers as first-last: (0, 1, 2, 7) is 0-2.7."""
    runs: list[list[int]] = []
    for cell in sorted(set(cells)):
        if runs and cell == runs[-1][-1] + 1:
            runs[-1][1:] = [cell]
        else:
            runs.append([cell])
    return ".".join("-".join(map(str, run)) for run in runs)


def _fitted(edit: LayerEdit, generator: Generator) -> AttentionEdit:
    if edit.layer not in generator.attention:
        known = ", ".join(generator.attention) or "none"
        raise AttnGanError(f"This generator has no attention layer {edit.layer}; it has: {known}.")
    layer = generator.attention[edit.layer]
    assert isinstance(layer, Attention)
    if edit.head_gains is not None and len(edit.head_gains) != layer.heads:
        raise AttnGanError(f"Layer {edit.layer} has {layer.heads} heads, not {len(edit.head_gains)}.")
    gains = None if edit.head_gains is None else torch.tensor(edit.head_gains)
    return AttentionEdit(
        mask=edit.mask if edit.rules else None,
        key_gains=edit.gains if edit.key_gains else None,
        head_gains=gains,
        gate_gain=edit.gate_gain,
    )
