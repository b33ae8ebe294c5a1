"""What a step of training draws by chance, as a function of (seed, step, attempt).

So two networks of any shape can learn from the same items, noise and augmentation, and any step's can be
had again.

Shapes: B items of a batch, L length of z.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor

BLOCK = 16  # numbers that torch draws at once: whole blocks are the same whatever follows them


@dataclass(frozen=True)
class Draw:
    """The chances of one step; after training went wrong and was taken back, another attempt at it has
    others.
    """

    seed: int
    step: int
    attempt: int = 0

    def random(self, purpose: str) -> torch.Generator:
        """Random numbers for one purpose, which no other purpose, step or seed shares."""
        return torch.Generator().manual_seed(self._number(purpose))

    @contextmanager
    def chance(self, purpose: str) -> Iterator[None]:
        """Inside, what networks draw by chance is that of one purpose too."""
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(self._number(purpose))  # of the CPU alone
            yield

    def _number(self, purpose: str) -> int:
        text = f"{self.seed} {self.step} {self.attempt} {purpose}".encode()
        return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())

    def indices(self, batch: int, items: int) -> Int[Tensor, " B"]:
        """Which of so many items make the batch, int64 (B,)."""
        return torch.randint(items, (batch,), generator=self.random("indices"))

    def noise(self, batch: int, size: int) -> Float[Tensor, "B L"]:
        """Noise z (B, L), standard normal; a longer one begins with the numbers of a shorter one."""
        rows = -(-batch // BLOCK) * BLOCK
        return torch.randn(size, rows, generator=self.random("noise"))[:, :batch].t().contiguous()
