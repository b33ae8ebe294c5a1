"""What the discriminator makes of single pictures, and where it looks.

Shapes: B pictures, H x W pixels, C channels.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.model.checkpoints import Model
from attngan.model.sampling import pictures
from attngan.nn.attention import AttentionMap

COMPANY = 3  # generated pictures beside the judged one
COMPANY_SEED = 1_000_003  # of the first of them


@dataclass(frozen=True)
class Judged:
    """Of one picture: its logit, positive for real, and where the discriminator looked, (1, N, Q, K)."""

    logit: float
    attention: tuple[AttentionMap, ...]


@torch.inference_mode()
def judge(model: Model, images: Tensor, label: int | None = None) -> list[Judged]:
    """What the model's discriminator makes of each picture uint8 (B, H, W, C), all taken to be of one class.

    The discriminator compares pictures of a batch (batch_difference), so each is judged among the same
    generated ones: the logits can be compared with each other and mean nothing by themselves. Raises
    AttnGanError for pictures of another size and for a wrong label.
    """
    config = model.config
    shape = (config.image_size, config.image_size, config.channels)
    if images.dtype != torch.uint8 or tuple(images.shape[1:]) != shape:
        given = f"{images.dtype} {tuple(images.shape[1:])}"
        raise AttnGanError(f"This discriminator judges uint8 pictures of {shape}, not {given}.")
    if config.classes and label is None:
        raise AttnGanError("This discriminator judges pictures of a class: give a label.")
    seeds = range(COMPANY_SEED, COMPANY_SEED + COMPANY)
    company = pictures(model, seeds, None if label is None else [label] * COMPANY)
    labels = torch.full((1 + COMPANY,), label) if label is not None else None
    found = []
    for image in images:
        batch = torch.cat([image[None], company]).permute(0, 3, 1, 2).float() / 127.5 - 1
        output = model.discriminator(batch, labels)
        found.append(Judged(output.logits[0].item(), tuple(map(_first, output.attention))))
    return found


def _first(seen: AttentionMap) -> AttentionMap:
    """The map of the batch's first picture alone."""
    parts = {name: getattr(seen, name)[:1] for name in ("weights", "queries", "keys", "values")}
    return AttentionMap(**vars(seen) | parts)
