"""A model is drawn from as the data are, and measured by attngan.measure.metrics."""

import builtins
import dataclasses
from typing import Any

import pytest
import torch

from attngan import data
from attngan.data import ImageSet, twins
from attngan.errors import AttnGanError
from attngan.kinds.pictures.kind import PICTURES
from attngan.measure import evaluation, metrics
from attngan.model import sampling
from tests import tiny, tiny_scenes, tiny_texts


def labelled(labels: torch.Tensor) -> ImageSet:
    plain = tiny.pictures(len(labels))
    names = tuple(f"class {label}" for label in range(int(labels.max()) + 1))
    return ImageSet(name="noise", images=plain.images, labels=labels, label_names=names)


def test_labels_are_drawn_as_often_as_the_data_have_them():
    labels = torch.tensor([2] * 11 + [0] * 5 + [1] * 1)
    drawn = evaluation.in_proportion(labels, 170)
    assert drawn.bincount().tolist() == [50, 10, 110]
    assert drawn[:85].bincount(minlength=3).tolist() != [50, 10, 25], "mixed, not in blocks"
    assert evaluation.in_proportion(labels, 17).sort().values.equal(labels.sort().values)


def test_the_figures_are_those_of_the_metrics_for_the_pictures_of_these_seeds():
    model, data = tiny.model(), tiny.pictures(31)
    found = evaluation.evaluate(model, data, count=67, seed=5)
    drawn = sampling.items(model, range(5, 72))
    assert found.pop("images_per_second") > 0
    assert found == metrics.measure(PICTURES, drawn, data)


def test_a_conditional_model_is_judged_within_its_classes():
    model, data = tiny.model(classes=3), labelled(torch.arange(31) % 3)
    found = evaluation.evaluate(model, data, count=67)
    labels = evaluation.in_proportion(data.labels, 67)
    drawn = sampling.items(model, range(67), labels.tolist())
    expected = metrics.measure(PICTURES, drawn, data, labels)
    assert {"class_recall", "recall_class 2"} <= expected.keys()
    assert expected.items() <= found.items()


def test_a_model_without_classes_can_be_judged_against_labelled_pictures():
    found = evaluation.evaluate(tiny.model(), labelled(torch.arange(31) % 3), count=67)
    assert "class_recall" in found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (tiny.pictures(31, channels=1), "draws RGB 16 x 16 pictures, but noise has grey 16 x 16"),
        (tiny.pictures(31, size=32), "draws RGB 16 x 16 pictures, but noise has RGB 32 x 32"),
        (tiny.pictures(31), "knows 3 classes, but noise has none"),
        (labelled(torch.arange(31) % 5), "knows 3 classes, but noise has 5"),
        (labelled(torch.arange(7) % 3), "7 real pictures are too few"),
    ],
)
def test_what_does_not_fit_the_model_is_told(data: ImageSet, said: str):
    with pytest.raises(AttnGanError, match=said):
        evaluation.evaluate(tiny.model(classes=3), data, count=67)


def test_inception_that_cannot_be_had_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch):
    real_import = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("torch_fidelity"):
            raise ModuleNotFoundError(name)
        return real_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AttnGanError, match="torch-fidelity"):
        evaluation.evaluate(tiny.model(), tiny.pictures(31), count=67, inception=True)


def test_twins_and_mirror_add_what_can_be_counted_exactly():
    reals = data.load("twins", 16)
    found = evaluation.evaluate(tiny.model(), reals, count=20)
    drawn = sampling.items(tiny.model(), range(20))
    assert found["agreement"] == twins.agreement_rate(drawn.numpy())
    assert "mirror" in evaluation.evaluate(tiny.model(), data.load("mirror", 16), count=20)
    assert "agreement" not in evaluation.evaluate(tiny.model(), tiny.pictures(31), count=20)


def test_which_items_are_right_is_told_only_where_it_is_known_exactly():
    model = tiny_texts.trained("taught", steps=200, generator_rate=0.01)
    drawn = sampling.sample(model, range(model.config.shown))
    told = evaluation.right(model, drawn, tiny_texts.data())
    assert told is not None
    true = [text == output for text, (_, output) in zip(texts_of(drawn), model.config.examples, strict=True)]
    assert told == true
    assert any(told)
    scenes, pictures = tiny_scenes.trained(), tiny_scenes.pictures()
    drawn = sampling.sample(scenes, range(5))
    real = dataclasses.replace(
        drawn, items=pictures.images[:5].permute(0, 2, 3, 1), labels=(*pictures.captions[:4], "a red star")
    )
    assert evaluation.right(scenes, real, pictures) == [True] * 4 + [pictures.captions[4] == "a red star"]
    assert evaluation.right(tiny.model(), sampling.sample(tiny.model(), [3]), twins_data()) is None


def texts_of(drawn: sampling.Sample) -> list[str]:
    return ["".join(text) for text in drawn.kind.texts(drawn.items) or ()]


def twins_data() -> ImageSet:
    return data.pictures("twins", 16, max_pictures=11)
