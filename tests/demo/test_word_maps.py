"""What the canvas is told of how right maps of words are."""

import dataclasses

from attngan.data.scenes.parsing import parsed, sorts
from demo import shelf
from demo.explorer.word_maps import word_maps_of

KNOWN = {
    "iou_colour_generator": 0.84,
    "iou_colour_discriminator": 0.71,
    "iou_shape_generator": 0.4,
    "iou_shape_discriminator": 0.52,
    "iou_size_generator": 0.3,
    "iou_uniform": 0.02,
}


def test_of_a_model_that_was_measured_the_overlaps_of_each_sort_of_word() -> None:
    (plain,) = shelf.present(shelf.bundled()[:1])
    assert word_maps_of(plain) is None
    found = word_maps_of(dataclasses.replace(plain, metrics=KNOWN))
    assert found is not None
    assert found["chance"] == 0.02
    assert found["overlaps"] == {
        "colour": {"generator": 0.84, "discriminator": 0.71},
        "shape": {"generator": 0.4, "discriminator": 0.52},
    }, "of size words the discriminator was not measured"
    assert (found["sorts"]["purple"], found["sorts"]["star"]) == ("colour", "shape")
    assert not {"big", "left", "a"} & {*found["sorts"]}


def test_every_word_has_the_sort_that_captions_give_it() -> None:
    for caption in ("a little red star above a big blue circle", "a small square that is green"):
        told = parsed(caption)
        assert told is not None
        said = {word.text: word.tells for word in told.words if word.tells not in ("", "relation")}
        assert said == {word: sort for word, sort in sorts().items() if word in said}
        assert len(said) >= 3
