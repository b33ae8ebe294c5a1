"""The data sets known by name whose pictures come with captions."""

import pytest

from attngan import data
from attngan.data.scenes.checking import check
from attngan.data.scenes.parsing import parsed


def test_emoji_by_their_names_are_each_there_in_english_and_in_chinese() -> None:
    emoji, named = data.load("emoji", 16), data.load("emoji-words", 16)
    assert named.captions[::2] == emoji.captions
    assert named.images[::2].equal(named.images[1::2])
    assert named.captions[named.captions.index("rabbit") + 1] == "兔子"
    assert named.words is not None
    assert named.words.texts[named.captions.index("兔子")] == ("兔", "子")
    assert not [caption for caption in named.captions if ":" in caption or "_" in caption]


@pytest.mark.parametrize("name", ["scenes", "scenes-grid", "scenes-anywhere"])
def test_scenes_show_what_their_captions_say(name: str) -> None:
    scenes = data.load(name, 32, max_pictures=211)
    assert (len(scenes), len(scenes.captions)) == (211, 211)
    facts = [parsed(caption) for caption in scenes.captions]
    told = [found.scene for found in facts if found]
    assert check(scenes.images.permute(0, 2, 3, 1).numpy(), told).all.all()
    assert not any(scene.held_out for scene in told)
