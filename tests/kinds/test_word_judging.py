"""How a discriminator judges captioned pictures, and what a training asks of it."""

import pytest
import torch
from torch import Tensor

from attngan.data import ImageSet
from attngan.kinds.pictures.captions import WIDTH
from attngan.kinds.pictures.presets import PRESETS
from attngan.model.checkpoints import Model
from attngan.nn.batch import Batch
from attngan.nn.places import Words
from attngan.train.loop import train_step
from tests import tiny, tiny_scenes
from tests.tiny import words


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny_scenes.trained()


def test_what_pictures_share_is_judged_as_if_it_were_not(model: Model) -> None:
    pictures = tiny_scenes.pictures()
    indices = torch.arange(8)
    batch = pictures.batch(indices)
    random = torch.Generator().manual_seed(0)
    wrong = model.kind.mismatched(batch, pictures, indices, random)
    assert wrong is not None
    assert wrong.items is batch.items
    fakes = Batch(batch.items.flip(0), batch.condition)
    together = model.discriminator.judged([batch, fakes, wrong])
    for given, output in zip((batch, fakes, wrong), together, strict=True):
        alone = model.discriminator(given.items, given.condition).logits
        assert torch.allclose(output.logits, alone, atol=1e-4)
    assert not torch.allclose(together[0].logits, together[2].logits)


def test_a_word_scores_by_what_sets_the_cells_apart_that_it_looks_at(model: Model) -> None:
    judge = model.discriminator.captions
    read = judge.reader(words(model, ["star"] * 2))
    features = torch.zeros(2, judge.project.out_features)
    ground, thing = torch.randn(2, WIDTH)
    cells = ground.expand(2, 64, -1).clone()
    cells[1, 5] = thing
    logits, seen = judge(cells, features, read.words, read.whole)
    usual = judge.usual(read.words.values).flatten()
    assert torch.allclose(logits[0], usual[0], atol=1e-5)  # alike everywhere, whatever the ground is
    weights = seen.weights[1, 0, 0]
    alike = (seen.queries[1, 0, 0] * seen.keys[1, 0]).sum(-1) / WIDTH**0.5
    beyond = seen.gate * ((weights * alike).sum() - alike.mean())
    assert torch.allclose(logits[1], usual[1] + beyond, atol=1e-5)
    assert not torch.allclose(logits[1], usual[1], atol=1e-3)


def test_each_real_is_shown_as_many_wrong_captions_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Words] = []

    def noted(items: ImageSet, indices: Tensor, random: torch.Generator) -> Words:
        shown.append(told(items, indices, random))
        return shown[-1]

    told = ImageSet.wrong
    monkeypatch.setattr(ImageSet, "wrong", noted)
    training = tiny_scenes.state(mismatches=3, mismatch_weight=1.0)
    train_step(training, tiny_scenes.pictures())
    assert len(shown) == 3
    assert shown[0] != shown[1]


def test_captions_get_attention_at_8_pixels_where_nothing_else_is_asked_for() -> None:
    recipe = PRESETS["default"]
    assert recipe.suited(tiny_scenes.config(generator_attention=(4, 8))).attention_sizes == (8,)
    plain = tiny.model_config(generator_attention=(4, 8))
    assert recipe.suited(plain) == plain
