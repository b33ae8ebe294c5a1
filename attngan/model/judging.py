"""What the discriminator makes of single items, and where it looks; and of many at once.

Shapes: B items.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionMap
from attngan.nn.batch import Condition

COMPANY = 3  # generated items beside the judged one
COMPANY_SEED = 1_000_003  # of the first of them


@dataclass(frozen=True)
class Judged:
    """Of one item: its logit, positive for real, and where the discriminator looked, (1, N, Q, K)."""

    logit: float
    attention: tuple[AttentionMap, ...]


@torch.inference_mode()
def judge(model: Model, items: Tensor, label: Any = None, company: Any = None) -> list[Judged]:
    """What the model's discriminator makes of each decoded item (pictures: uint8 (B, H, W, C)), all of one
    label.

    The discriminator compares items of a batch (batch_difference), so each is judged among the same
    generated ones, of the label `company`, which is usually the same: the logits can be compared with each
    other and mean nothing by themselves. Raises AttnGanError for items of another shape and for a wrong
    label.
    """
    if model.config.conditional and label is None:
        raise AttnGanError(f"This discriminator judges {model.kind.name} made from something: give a label.")
    labels = None if label is None else [label] + [label if company is None else company] * COMPANY
    asked = model.kind.condition(model.config, 1 + COMPANY, labels)
    seeds = range(COMPANY_SEED, COMPANY_SEED + COMPANY)
    company = sampling.items(model, seeds, labels and labels[1:])
    if items.dtype != company.dtype or items.shape[1:] != company.shape[1:]:
        wanted, given = (str(those.dtype).removeprefix("torch.") for those in (company, items))
        raise AttnGanError(
            f"This discriminator judges {wanted} {model.kind.name} of {tuple(company.shape[1:])}, "
            f"not {given} {tuple(items.shape[1:])}."
        )
    found = []
    for item in items:
        batch = model.kind.encode(torch.cat([item[None], company]))
        output = model.discriminator(batch, None if asked is None else asked[1])
        found.append(Judged(output.logits[0].item(), tuple(seen.of(0) for seen in output.attention)))
    return found


@torch.inference_mode()
def scores(model: Model, items: Tensor, condition: Condition | None) -> list[float]:
    """The logits of items (B, ...) as networks see them, of one batch, as in training.

    They can be compared with those of another batch of as many items, with those of `judge` they cannot.
    The discriminator, which may be in training, is left as it was.
    """
    network, learns = model.discriminator, model.discriminator.training
    network.eval()
    logits = network(items, condition).logits
    network.train(learns)
    return [round(logit, 4) for logit in logits.tolist()]
