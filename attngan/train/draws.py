"""What a step of training draws by chance, as a function of (seed, step).

So two networks of any shape can learn from the same items, noise and augmentation, and any step's can be
had again.

Shapes: B items of a batch, L length of z.
"""

import hashlib
from dataclasses import dataclass

import torch
from torch import Tensor

BLOCK = 16  # numbers that torch draws at once: whole blocks are the same whatever follows them


@dataclass(frozen=True)
class Draw:
    """The chances of one step."""

    seed: int
    step: int

    def random(self, purpose: str) -> torch.Generator:
        """Random numbers for one purpose, which no other purpose, step or seed shares."""
        text = f"{self.seed} {self.step} {purpose}".encode()
        number = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
        return torch.Generator().manual_seed(number)

    def indices(self, batch: int, items: int) -> Tensor:
        """Which of so many items make the batch, int64 (B,)."""
        return torch.randint(items, (batch,), generator=self.random("indices"))

    def noise(self, batch: int, size: int) -> Tensor:
        """Noise z (B, L), standard normal; a longer one begins with the numbers of a shorter one."""
        rows = -(-batch // BLOCK) * BLOCK
        return torch.randn(size, rows, generator=self.random("noise"))[:, :batch].t().contiguous()
