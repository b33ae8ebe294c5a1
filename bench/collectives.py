"""How two processes best average gradients: one flat sum a network, torch's DDP or Accelerate, in one run.

    python bench/collectives.py [--rounds 9]

The default recipe's networks, a batch of 64 shared by two processes of one thread each, through gloo on this
machine; float32, and of a step only what all three can do: no penalty, no shared batch statistics. The ways
take turns, and "none" averages nothing. On a busy machine the processor's time tells more than what passes.
Accelerate is left out where it is not installed.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from attngan.tuning import tune_process

tune_process()  # before torch is imported

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.registry import kind_of
from attngan.nn.adam import Adam
from attngan.nn.losses import relativistic_discriminator, relativistic_generator

STEPS = 4  # a turn
BATCH, CLASSES, RATE = 64, 10, 2e-3
USUAL = "one flat sum a network"
Average = Callable[[Sequence[Tensor]], Sequence[Tensor]]


def networks() -> list[nn.Module]:
    """The default recipe's, for grey pictures of ten classes."""
    torch.manual_seed(0)
    config = AttnganConfig(channels=1, classes=CLASSES)
    return [network.to(memory_format=torch.channels_last) for network in kind_of(config).build(config)]


def flat(gradients: Sequence[Tensor]) -> Sequence[Tensor]:
    """Their means, all in one sum."""
    together = torch.cat([gradient.reshape(-1) for gradient in gradients])
    distributed.all_reduce(together)
    together /= distributed.get_world_size()
    parts = together.split([gradient.numel() for gradient in gradients])
    return [part.view_as(gradient) for part, gradient in zip(parts, gradients, strict=True)]


def by_hand(average: Average) -> Callable[[], None]:
    """A step that takes gradients as the library does, and averages them in some way."""
    generator, discriminator = networks()
    return stepping(
        generator,
        discriminator,
        discriminator,
        lambda network, loss: average(torch.autograd.grad(loss, [*network.parameters()])),
    )


def by_hooks(
    wrap: Callable[[nn.Module], nn.Module], backward: Callable[[Tensor], None]
) -> Callable[[], None]:
    """A step of wrapped networks, whose gradients are averaged on the way back."""
    generator, discriminator = networks()

    def gradients(network: nn.Module, loss: Tensor) -> Sequence[Tensor]:
        backward(loss)
        found = [parameter.grad for parameter in network.parameters()]
        network.zero_grad(set_to_none=True)
        return [gradient for gradient in found if gradient is not None]

    return stepping(wrap(generator), wrap(discriminator), discriminator, gradients)


def stepping(
    generator: nn.Module,
    discriminator: nn.Module,
    bare: nn.Module,
    gradients: Callable[[nn.Module, Tensor], Sequence[Tensor]],
) -> Callable[[], None]:
    """One step of both; `bare` is the discriminator through which the generator learns."""
    optimisers = [Adam(network.parameters(), (0.0, 0.99)) for network in (generator, discriminator)]
    half = BATCH // distributed.get_world_size()
    reals, z = torch.randn(half, 1, 32, 32), torch.randn(half, 64)
    labels = torch.arange(half) % CLASSES

    def step() -> None:
        fakes = generator(z, labels).items
        both = discriminator(torch.cat([reals, fakes.detach()]), torch.cat([labels, labels])).logits
        loss = relativistic_discriminator(*both.chunk(2))
        optimisers[1].step(gradients(discriminator, loss), RATE)
        bare.requires_grad_(False)  # else hooks would average its gradients once more
        loss = relativistic_generator(both.detach()[:half], bare(fakes, labels).logits)
        bare.requires_grad_(True)
        optimisers[0].step(gradients(generator, loss), RATE)

    return step


def ways() -> dict[str, Callable[[], None]]:
    """A step in each way."""

    def ddp(network: nn.Module) -> nn.Module:
        return DistributedDataParallel(network, broadcast_buffers=False)

    def backward(loss: Tensor) -> None:
        loss.backward()

    found = {
        "none": by_hand(lambda gradients: gradients),
        USUAL: by_hand(flat),
        "DDP": by_hooks(ddp, backward),
    }
    if find_spec("accelerate"):
        from accelerate import Accelerator
        from accelerate.utils import DistributedDataParallelKwargs

        accelerator = Accelerator(
            cpu=True, kwargs_handlers=[DistributedDataParallelKwargs(broadcast_buffers=False)]
        )
        found["Accelerate"] = by_hooks(accelerator.prepare_model, accelerator.backward)
    return found


def serve(rounds: int) -> None:
    """Take turns; the first process prints."""
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    distributed.init_process_group("gloo")
    steps = ways()
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    for turn in range(rounds + 1):
        for name, step in steps.items():
            distributed.barrier()
            began = time.process_time(), time.perf_counter()
            for _ in range(STEPS):
                step()
            if turn:  # the first one pays for preparations
                took[name].append((time.process_time() - began[0], time.perf_counter() - began[1]))
    if distributed.get_rank() == 0:
        for name, rounds_took in took.items():
            pairs = [*zip(rounds_took, took[USUAL], strict=True)]
            of_usual = [statistics.median(one[k] / other[k] for one, other in pairs) for k in (0, 1)]
            computed, passed = (
                statistics.median(each) / STEPS * 1000 for each in zip(*rounds_took, strict=True)
            )
            print(
                f"{name:24} processor {computed:6.1f} ms a step, {of_usual[0]:.3f} of one flat sum's;   "
                f"{passed:6.1f} ms pass, {of_usual[1]:.3f}"
            )
    distributed.destroy_process_group()


def main() -> None:
    """Start two processes, or be one of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    if "RANK" in os.environ:
        return serve(rounds)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    command = [sys.executable, str(Path(__file__)), "--rounds", str(rounds)]
    here = os.environ | place | {"ACCELERATE_USE_CPU": "true", "LOCAL_RANK": "0"}
    started = [subprocess.Popen(command, env=here | {"RANK": str(rank)}) for rank in range(2)]
    codes = [process.wait() for process in started]
    if any(codes):
        raise SystemExit("A process failed.")
    return None


if __name__ == "__main__":
    main()
