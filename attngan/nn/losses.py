"""Losses and penalties. Logits are (B,), positive for real; every loss is a scalar mean over the batch."""

import torch
from jaxtyping import Float, Int, Shaped
from torch import Tensor
from torch.nn.functional import relu, softplus

Logits = Float[Tensor, " B"]
Loss = Float[Tensor, ""]


def minmax_discriminator(reals: Logits, fakes: Logits) -> Loss:
    """-log D(x) - log(1 - D(G(z))) on logits: Goodfellow et al. 2014 (arXiv 1406.2661), equation 1."""
    return softplus(-reals).mean() + softplus(fakes).mean()


def minmax_generator(reals: Logits, fakes: Logits) -> Loss:
    """-log D(G(z)), the non-saturating form: Goodfellow et al. 2014, section 3. `reals` are not used."""
    return softplus(-fakes).mean()


def hinge_discriminator(reals: Logits, fakes: Logits) -> Loss:
    """max(0, 1 - D(x)) + max(0, 1 + D(G(z))): Miyato et al. 2018 (arXiv 1802.05957), equation 16."""
    return relu(1 - reals).mean() + relu(1 + fakes).mean()


def hinge_generator(reals: Logits, fakes: Logits) -> Loss:
    """-D(G(z)): Miyato et al. 2018, equation 17. `reals` are not used."""
    return -fakes.mean()


def relativistic_discriminator(reals: Logits, fakes: Logits) -> Loss:
    """softplus(D(G(z)) - D(x)), each fake against a real: Huang et al. 2024 (arXiv 2501.05441), eq. 2."""
    return softplus(fakes - reals).mean()


def relativistic_generator(reals: Logits, fakes: Logits) -> Loss:
    """softplus(D(x) - D(G(z))): the generator's side of the same equation."""
    return softplus(reals - fakes).mean()


DISCRIMINATOR = {
    "minmax": minmax_discriminator,
    "hinge": hinge_discriminator,
    "relativistic": relativistic_discriminator,
}
GENERATOR = {"minmax": minmax_generator, "hinge": hinge_generator, "relativistic": relativistic_generator}


def mismatch(suits: Float[Tensor, "B K"], labels: Int[Tensor, " B"], others: Int[Tensor, " B"]) -> Loss:
    """softplus(suits of another real's label - suits of its own), of reals' suits (B, K), labels (B,) each.

    Reals with a wrong label are what Reed et al. 2016 (arXiv 1605.05396, algorithm 1) show a discriminator
    beside fakes; here in the relativistic form, and free, since only the projection differs.
    """
    own = suits.gather(1, labels[:, None])
    other = suits.gather(1, others[:, None])
    return softplus(other - own).mean()


def mode_seeking(values: Float[Tensor, "B V"], z: Float[Tensor, "B L"], labels: Shaped[Tensor, " B"]) -> Loss:
    """|z - z'| / |G(z) - G(z')| over neighbours of one label: Mao et al. 2019 (arXiv 1903.05628), equation 3.

    Distances are mean absolute differences of the items' values (B, V) and of noise z (B, L); labels (B,).
    Keeps variety within a class alive. 0 where no two items share a label.
    """
    order = labels.argsort()
    ordered = values.index_select(0, order)
    noise = z.index_select(0, order)
    apart = (ordered[1:] - ordered[:-1]).abs().mean(1) / (noise[1:] - noise[:-1]).abs().mean(1)
    alike = (labels[order[1:]] == labels[order[:-1]]).to(apart.dtype)
    return (alike / (apart + 1e-3)).sum() / alike.sum().clamp(min=1)


def taught(logits: Float[Tensor, "B ... V"], items: Float[Tensor, "B ... V"]) -> Loss:
    """Cross-entropy of logits against the right symbols, 1 where they are: a teacher instead of a game."""
    return -(items * logits.log_softmax(-1)).sum(-1).mean()


def r1_penalty(logits: Logits, items: Float[Tensor, "B ..."]) -> Loss:
    """|grad_x D(x)|^2, mean over the batch, Mescheder et al. 2018 (arXiv 1801.04406), eq. 9 less gamma / 2.

    `items` (B, ...) must be what `logits` (B,) were computed from and require gradients.
    """
    (gradient,) = torch.autograd.grad(logits.sum(), items, create_graph=True)
    return gradient.square().sum([*range(1, gradient.ndim)]).mean()
