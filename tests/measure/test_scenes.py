"""Scenes measured: of a painter that is always right, of one that never is, and of untrained networks."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from attngan.data.scenes.checking import check
from attngan.data.scenes.drawing import drawn
from attngan.data.scenes.made import COUNT, LAYOUT_OF, all_facts, asked, made
from attngan.data.scenes.parsing import parsed
from attngan.data.scenes.scene import COLOURS, HELD_OUT, SHAPES, Things
from attngan.measure import evaluation, scenes
from attngan.model.checkpoints import Model
from attngan.nn.batch import Condition
from attngan.nn.places import Grid, Words
from attngan.nn.players import Generator, GeneratorOutput
from tests import tiny, tiny_scenes

PLACES = {None: [(0.5, 0.5)], "left of": [(0.25, 0.5), (0.75, 0.5)], "right of": [(0.75, 0.5), (0.25, 0.5)],
          "above": [(0.5, 0.25), (0.5, 0.75)], "below": [(0.5, 0.75), (0.5, 0.25)]}  # fmt: skip


class Painter(Generator):
    """Draws what captions tell, exactly; its cells look at the words of the thing that covers them.

    `blind` looks at nothing in particular; `colour` paints all in one colour.
    """

    def __init__(self, colour: int | None = None, blind: bool = False) -> None:
        super().__init__()
        self.attention = torch.nn.ModuleDict()
        self.colour, self.blind = colour, blind

    def forward(self, z: Any, condition: Condition | None = None, edits: Any = None) -> GeneratorOutput:
        assert isinstance(condition, Words)
        told = [parsed(" ".join(text)) for text in condition.texts]
        parts = np.full((3, len(told), 2), -1)
        middles = np.zeros((2, len(told), 2))
        for row, each in enumerate(told):
            assert each is not None
            for number, thing in enumerate(each.scene.things):
                colour = COLOURS.index(thing.colour) if self.colour is None else self.colour
                facts = colour, SHAPES.index(thing.shape), int(thing.size == "large")
                parts[:, row, number] = facts
                middles[:, row, number] = PLACES[each.scene.relation][number]
        things = Things(*parts, *middles)
        pictures = torch.from_numpy(drawn(things, 32)).permute(0, 3, 1, 2).float() / 127.5 - 1
        weights = torch.zeros(len(told), 1, 64, len(condition))
        for row, each in enumerate(told):
            assert each is not None
            for place, word in enumerate(each.words):
                if word.thing is not None and not self.blind:
                    x, y = middles[:, row, word.thing]
                    along = (torch.arange(8) + 0.5) / 8
                    away = ((along[:, None] - y).square() + (along - x).square()).flatten()
                    weights[row, 0, :, place] = (-20 * away).exp()
        seen = tiny.attention_map("words-8", Grid(8, 8), condition, weights)
        return GeneratorOutput(pictures, (seen,))


def painted(**changes: Any) -> Model:
    learnt = tiny_scenes.trained(tiny_scenes.pictures(2000, 32), image_size=32, generator_attention=(8,))
    return replace(learnt, generator=Painter(**changes))


def test_a_painter_that_is_always_right_reads_1_and_its_map_is_where_things_are() -> None:
    found = scenes.measure(painted(), "slots", 160)
    for name in (*scenes.ASKED, "swap_obeyed"):
        assert found[name] == 1, name
    assert found["swap_outside"] == 0
    for kind in scenes.TYPES:
        assert found[f"iou_{kind}_generator"] > 0.7
        assert found[f"iou_{kind}_generator_other"] < 0.1
        assert 0 <= found[f"iou_{kind}_discriminator"] <= 1
    assert 0.02 < found["iou_uniform"] < 0.2
    assert 0 <= found["iou_centre"] < 0.3
    assert found["iou_colour_discriminator"] < 0.6, "it learnt nothing yet"


def test_one_that_does_not_hear_the_colour_is_wrong_and_obeys_no_swap() -> None:
    found = scenes.measure(painted(colour=0, blind=True), "slots", 160)
    assert found["all_one"] < 0.4
    assert found["all_two"] == 0
    assert found["swap_obeyed"] < 0.4


def test_the_map_of_one_that_looks_nowhere_is_no_better_than_chance() -> None:
    found = scenes.measure(painted(blind=True), "slots", 160)
    assert found["all_two"] == 1
    assert found["iou_colour_generator"] < 2 * found["iou_uniform"] + 0.05


def test_the_figures_are_part_of_an_evaluation_and_of_scenes_alone() -> None:
    model = tiny_scenes.trained()
    found = evaluation.evaluate(model, tiny_scenes.pictures(), 32)
    assert {"fd", "all_facts", *scenes.ASKED, "swap_obeyed", "iou_shape_discriminator"} <= found.keys()
    own = tiny_scenes.without_grammar(tiny_scenes.pictures())
    assert not {"all_facts", *scenes.ASKED} & evaluation.evaluate(model, own, 32).keys()
    plain = tiny.model()
    assert not {"all_facts", *scenes.ASKED} & evaluation.evaluate(plain, tiny_scenes.pictures(), 32).keys()


@pytest.mark.parametrize("layout", LAYOUT_OF.values())
def test_half_of_what_is_asked_for_is_held_out_and_of_two_things_hardly_any_was_learnt_from(
    layout: str,
) -> None:
    captions = asked(layout)
    told = [parsed(caption) for caption in captions]
    things = [len(each.scene.things) for each in told if each]
    held_out = [each.scene.held_out for each in told if each]
    assert things == [1, 2] * (len(captions) // 2)
    assert held_out == [False, False, True, True] * (len(captions) // 4)
    assert len(HELD_OUT) == 4
    learnt = {*made(COUNT, layout=layout).captions}
    new = [caption not in learnt for caption in captions]
    assert all(one for one, held in zip(new, held_out, strict=True) if held)
    assert np.mean([one for one, count in zip(new, things, strict=True) if count == 2]) > 0.95


def test_the_rate_of_pictures_in_which_all_facts_are_right_counts_each_by_its_caption() -> None:
    several = made(40, 3)
    pictures = several.pictures(32)
    assert all_facts(pictures, several.captions) == 1
    assert all_facts(pictures, several.captions[1:] + several.captions[:1]) < 0.2
    half = [caption if row % 2 else "no caption of scenes" for row, caption in enumerate(several.captions)]
    assert all_facts(pictures, half) == 0.5
    assert all_facts(pictures, None) == 0
    assert check(pictures, several.facts).all.all()
