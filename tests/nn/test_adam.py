"""Adam: the steps of torch.optim.Adam, without waiting for torch's compiler."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from attngan.nn.adam import Adam
from tests import tiny

BETAS = (0.3, 0.97)


def parameters() -> list[nn.Parameter]:
    random = torch.Generator().manual_seed(3)
    square = torch.randn(2, 3, 5, 7, generator=random).to(memory_format=torch.channels_last)
    return [nn.Parameter(square), nn.Parameter(torch.randn(11, generator=random))]


def gradients(step: int) -> list[Tensor]:
    random = torch.Generator().manual_seed(100 + step)
    return [torch.randn(2, 3, 5, 7, generator=random), torch.randn(11, generator=random)]


def test_its_steps_are_those_of_torchs_own_optimiser():
    ours, theirs = parameters(), parameters()
    adam, reference = Adam(ours, BETAS), torch.optim.Adam(theirs, betas=BETAS)
    for step, rate in enumerate((0.1, 0.01, 0.003)):
        adam.step(gradients(step), rate)
        for parameter, gradient in zip(theirs, gradients(step), strict=True):
            parameter.grad = gradient
        reference.param_groups[0]["lr"] = rate
        reference.step()
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-6)


def test_a_gradient_in_another_order_in_memory_reaches_the_same_weights():
    one, other = parameters(), parameters()
    straight = [gradient.to(memory_format=torch.channels_last) for gradient in gradients(0)[:1]] + gradients(
        0
    )[1:]
    crooked = [gradients(0)[0].permute(3, 1, 0, 2).contiguous().permute(2, 1, 3, 0), gradients(0)[1]]
    assert straight[0].stride() == one[0].stride() != crooked[0].stride()
    assert torch.equal(straight[0], crooked[0])
    Adam(one, BETAS).step(straight, 0.01)
    Adam(other, BETAS).step(crooked, 0.01)
    tiny.assert_same([*map(torch.Tensor.detach, one)], [*map(torch.Tensor.detach, other)])


def test_what_it_has_gathered_can_be_loaded_from_it_and_from_torchs_own_optimiser():
    ours, theirs = parameters(), parameters()
    reference = torch.optim.Adam(theirs, betas=BETAS, lr=0.01)
    for parameter, gradient in zip(theirs, gradients(0), strict=True):
        parameter.grad = gradient
    reference.step()
    first = Adam(ours, BETAS)
    first.step(gradients(0), 0.01)
    for saved in (reference.state_dict(), first.state_dict()):
        second = Adam(parameters(), BETAS)
        second.load_state_dict(saved)
        for number, kept in second.state_dict()["state"].items():
            for name, value in kept.items():
                torch.testing.assert_close(value, first.state_dict()["state"][number][name])


def test_loading_copies_so_that_going_on_leaves_what_was_given_alone():
    first, second = Adam(parameters(), BETAS), Adam(parameters(), BETAS)
    first.step(gradients(0), 0.01)
    second.load_state_dict(first.state_dict())
    second.step(gradients(1), 0.01)
    assert first.state_dict()["state"][0]["step"] == 1
    assert second.state_dict()["state"][0]["step"] == 2
    assert not torch.equal(
        first.state_dict()["state"][1]["exp_avg"], second.state_dict()["state"][1]["exp_avg"]
    )


def test_loading_refuses_the_memory_of_other_networks():
    adam = Adam(parameters(), BETAS)
    with pytest.raises(KeyError):
        adam.load_state_dict({"state": {}})
    with pytest.raises(RuntimeError):
        adam.load_state_dict(Adam([nn.Parameter(torch.zeros(13))], BETAS).state_dict())


def test_training_does_not_wait_for_torchs_compiler(tmp_path: Path):
    code = """
import sys, tiny
from pathlib import Path
from attngan.run import runs
config = runs.RunConfig(model=tiny.model_config(), train=tiny.train_config(precision="auto"), data="noise")
state = runs.create(Path("run"), config)
events = [event.event for event in runs.record(Path("run"), config, state, tiny.pictures())]
assert events[-1] == "finished", events
assert "torch._dynamo" not in sys.modules
"""
    paths = Path(__file__).parents[1:3]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {[*map(str, paths)]}\n{code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
