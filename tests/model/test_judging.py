"""The discriminator's word on single pictures."""

import copy
from typing import Any

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.model import judging
from attngan.model.judging import judge
from attngan.model.sampling import items
from tests import tiny


def test_a_picture_gets_the_logit_of_its_batch_of_company():
    model = tiny.model(discriminator_attention=(8,))
    images = items(model, [2, 3, 5])
    found = judge(model, images)
    seeds = range(judging.COMPANY_SEED, judging.COMPANY_SEED + judging.COMPANY)
    batch = torch.cat([images[1:2], items(model, seeds)])
    whole = model.discriminator(batch.permute(0, 3, 1, 2) / 127.5 - 1)
    assert found[1].logit == pytest.approx(whole.logits[0].item())
    assert len({one.logit for one in found}) == 3
    torch.testing.assert_close(found[1].attention[0].weights, whole.attention[0].weights[:1])
    assert found[1].attention[0].name == "8"


def test_the_logit_of_a_picture_does_not_depend_on_what_else_is_asked():
    model = tiny.model(classes=3)
    images = items(model, [2, 3, 5], [1, 1, 1])
    alone = judge(model, images[2:], 1)
    assert judge(model, images, 1)[2].logit == alone[0].logit
    assert judge(model, images, 2)[2].logit != alone[0].logit


def test_pictures_and_labels_that_do_not_fit_are_refused():
    with pytest.raises(AttnGanError, match="judges uint8 pictures"):
        judge(tiny.model(), torch.zeros(1, 13, 16, 3, dtype=torch.uint8))
    with pytest.raises(AttnGanError, match="judges uint8 pictures"):
        judge(tiny.model(), torch.zeros(1, 16, 16, 3))
    with pytest.raises(AttnGanError, match="give a label"):
        judge(tiny.model(classes=3), torch.zeros(1, 16, 16, 3, dtype=torch.uint8))
    with pytest.raises(AttnGanError, match="no classes"):
        judge(tiny.model(), torch.zeros(1, 16, 16, 3, dtype=torch.uint8), 1)


@pytest.mark.parametrize(
    "settings", [{}, {"architecture": "sagan-2018", "generator_attention": (8,), "heads": 1}]
)
def test_the_scores_of_a_batch_leave_a_discriminator_that_learns_as_it_was(settings: dict[str, Any]):
    model = tiny.model(**settings)
    batch = model.kind.encode(items(model, range(4)))
    expected = model.discriminator(batch, None).logits
    model.discriminator.train()
    before = copy.deepcopy(model.discriminator.state_dict())
    found = judging.scores(model, batch, None)
    assert found == pytest.approx(expected.tolist(), abs=1e-4)
    assert model.discriminator.training
    tiny.assert_same(model.discriminator.state_dict(), before)
