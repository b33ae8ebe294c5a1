"""Events survive the way to a line of JSON and back, and refuse what cannot be true."""

import json
import typing

import pytest
from pydantic import BaseModel

from attngan import events
from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import AttnganConfig

EXAMPLES = (
    events.Started(
        step=13,
        model=AttnganConfig(image_size=16, generator_attention=(8,)).model_dump(mode="json"),
        train=TrainConfig(seconds=7),
        data="faces",
        pictures=61,
        precision="float32",
        threads=2,
        generator_parameters=1009,
        discriminator_parameters=2003,
        notes=("bfloat16 was slower here.",),
        licence="CC BY-SA 4.0",
        attribution="OpenMoji",
    ),
    events.StepDone(
        step=17,
        seconds=1.5,
        progress=0.25,
        images=1088,
        images_per_second=725.5,
        generator_loss=-0.125,
        discriminator_loss=0.75,
        gates={"8": 0.5, "16": -0.25},
        processor=0.375,
    ),
    events.FrameSaved(step=19, seconds=2.5, path="frames/00000019.frame.gz"),
    events.Thinned(step=19, seconds=2.5, dropped=(5, 11)),
    events.SnapshotSaved(step=23, seconds=3.5, path="snapshots/00000023"),
    events.QualityMeasured(step=29, seconds=4.5, values={"fid": 11.5}),
    events.RolledBack(step=31, to_step=23, cause="not_finite", reason="The loss was not finite."),
    events.Paused(step=31, seconds=5.0),
    events.Stepped(step=32, seconds=5.5, players="discriminator", left=2),
    events.Changed(step=32, seconds=5.5, before={"r1_weight": 1.0}, after={"r1_weight": 3.0}),
    events.Marked(step=32, seconds=5.5, path="states/00000032.pt"),
    events.Refused(step=32, seconds=5.5, reason="Nobody can wish for 'fly'."),
    events.Resumed(step=32, seconds=5.5),
    events.Finished(step=37, seconds=7.0, reason="budget"),
    events.Failed(step=41, seconds=7.5, reason="The loss was not finite."),
)


def test_the_examples_cover_every_event():
    assert {type(example) for example in EXAMPLES} == set(typing.get_args(events.Event))


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.event)
def test_an_event_is_one_line_of_json_and_comes_back_equal(event: BaseModel):
    line = event.model_dump_json()
    assert "\n" not in line
    assert json.loads(line)["event"] == event.event
    again = events.parse(line)
    assert type(again) is type(event)
    assert again == event


def test_a_run_that_called_the_kernel_distance_otherwise_can_still_be_read():
    line = '{"event":"quality","step":3,"seconds":1,"values":{"distance":0.5,"variety":0.25}}'
    found = events.parse(line)
    assert isinstance(found, events.QualityMeasured)
    assert list(found.values.items()) == [("kd", 0.5), ("variety", 0.25)]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "JSON"),
        ('{"event":"step","st', "JSON"),
        ("[]", "object"),
        ('{"event":"nonsense","step":3}', "nonsense"),
        ('{"event":"frame","step":-3,"seconds":1,"path":"frames/3"}', "step"),
        ('{"event":"frame","step":3,"seconds":1,"path":"frames/3","more":1}', "more"),
        ('{"event":"finished","step":3,"seconds":1,"reason":"bored"}', "reason"),
    ],
)
def test_a_line_that_is_no_event_is_refused_in_words(line: str, named: str):
    with pytest.raises(AttnGanError, match=named):
        events.parse(line)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_loss_that_is_not_finite_cannot_be_said(number: str):
    good = EXAMPLES[1].model_dump_json()
    assert events.parse(good) == EXAMPLES[1]
    with pytest.raises(AttnGanError, match="generator_loss"):
        events.parse(good.replace("-0.125", number))


@pytest.mark.parametrize(
    "path", ["", ".", "/etc/passwd", "../other/model", "frames/../../x", "C:\\x", "a\\b"]
)
def test_a_path_that_leaves_the_run_folder_is_refused(path: str):
    with pytest.raises(AttnGanError, match="inside the run folder"):
        events.parse(json.dumps({"event": "frame", "step": 3, "seconds": 1, "path": path}))
