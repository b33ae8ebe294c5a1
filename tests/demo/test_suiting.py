"""What suits the chosen data in the Train tab: names, recipes, and which controls are shown."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from attngan import data
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import ATTENTION_SIZES
from attngan.kinds.pictures.presets import PRESETS
from demo.jobs import SECONDS, UPLOADED, Request, shown_command
from demo.train import handlers, rivals, suiting
from demo.train.choices import Choices
from demo.words import train as texts
from demo.words import word


def test_the_tab_offers_what_the_library_knows():
    names = [name for _, name in suiting.data_sets()]
    assert sorted(names) == sorted([*(source.name for source in data.catalogue()), UPLOADED])
    assert names.index("dates") < names.index("mnist"), "what is downloaded comes last"
    assert [size for _, size in suiting.sizes_for(64)] == list(ATTENTION_SIZES)
    assert [size for _, size in suiting.sizes_for(16)] == [4, 8]
    for language in texts.WORDS.values():
        assert str(SECONDS[0]) in language["train_seconds_info"]
        assert str(SECONDS[1]) in language["train_seconds_info"]


def test_a_data_set_is_called_in_the_visitor_s_language_or_as_the_library_calls_it(
    monkeypatch: pytest.MonkeyPatch,
):
    new = replace(data.catalogue()[0], name="blobs", title="Two blobs")
    monkeypatch.setattr(suiting, "catalogue", lambda: (*data.catalogue(), new))
    titles = {name: title for title, name in suiting.data_sets()}
    assert titles["blobs"] == "Two blobs"
    assert str(titles["faces"]) == str(word("train_data_faces")) != "Smileys"


def test_a_recipe_is_called_in_the_visitor_s_language_or_as_the_library_calls_it(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(PRESETS, "sagan-2019", replace(PRESETS["default"], title="Larger"))
    titles = {name: title for title, name in suiting.titled(PRESETS, "pictures")}
    assert list(titles) == list(PRESETS)
    assert titles["sagan-2019"] == "Larger"
    assert str(titles["dcgan-2015"]) == str(word("train_recipe_dcgan_2015"))


def test_the_class_switch_is_shown_only_where_there_are_classes():
    _, _, switch = handlers.show_data(Choices(data="letters", size=16, conditional=True))
    assert (switch.value, switch.visible) == (True, True)
    _, _, switch = handlers.show_data(Choices(size=16, conditional=True))
    assert (switch.value, switch.visible) == (False, "hidden")


def test_attention_that_no_longer_fits_is_unticked():
    update = suiting.show_sizes(Choices(size=16, attention=[4, 8, 16]))
    assert update.value == [4, 8]
    assert [value for _, value in update.choices] == [4, 8]


def test_a_history_lesson_ticks_its_own_attention_and_shuts_what_it_does_not_know():
    for language in texts.WORDS.values():
        assert all(f"train_recipe_{name.replace('-', '_')}" in language for name in PRESETS)
    assert suiting.show_recipe(Choices(recipe="sagan-2018")).value == [16]
    assert suiting.show_recipe(Choices(recipe="default")).value == [8, 16]
    update = suiting.show_recipe(Choices(recipe="dcgan-2015"))
    assert (update.value, update.choices) == ([], [])
    _, _, switch = handlers.show_data(Choices(data="letters", recipe="dcgan-2015", size=16, conditional=True))
    assert (switch.value, switch.visible) == (False, "hidden")
    assert handlers.command(Choices(recipe="sagan-2018", attention=[16], seconds=7, seed=11)) == (
        "python -m attngan train --data faces --seconds 7 --size 32 --attention 16 --preset sagan-2018 "
        "--seed 11 --run-dir run"
    )


def asked(choices: Choices) -> dict[str, Any]:
    """The updates of the controls that depend on the data, by their names."""
    return dict(zip(suiting.NAMES, suiting.shown(choices), strict=True))


def test_texts_are_asked_for_nothing_but_their_recipe():
    texts = asked(Choices(data="dates", recipe="sagan-2018", attention=[16]))
    assert [name for _, name in texts["recipe"].choices] == ["default", "pooled", "taught"]
    assert texts["recipe"].value == "default", "a recipe of pictures gives way"
    assert [texts[name].visible for name in ("size", "square", "attention")] == ["hidden"] * 3
    shown, _, switch = handlers.show_data(Choices(data="numbers", recipe="pooled", conditional=True))
    assert shown["pairs"]
    assert (switch.value, switch.visible) == (False, "hidden")
    assert handlers.command(Choices(data="dates", seconds=7)) == (
        "python -m attngan train --data dates --seconds 7 --seed 0 --run-dir run"
    )
    assert "--preset pooled --seed" in handlers.command(Choices(data="notes", recipe="pooled", square="pad"))
    own = Choices(data=UPLOADED, upload=[{"path": "/somewhere/My pairs.csv"}], recipe="taught")
    assert asked(own)["recipe"].value == "taught"
    assert "--data 'My pairs.csv' --seconds" in handlers.command(own)


def test_pictures_from_words_have_recipes_that_know_words():
    scenes = asked(Choices(data="scenes", recipe="dcgan-2015", attention=[]))
    assert [name for _, name in scenes["recipe"].choices] == ["default"]
    assert scenes["attention"].value == [8], "those of the recipe that it gives way to"
    assert asked(Choices(data="scenes", attention=[8, 16]))["attention"].value == [8], "nobody chose these"
    assert asked(Choices(data="digits", attention=[8]))["attention"].value == [8, 16]
    assert asked(Choices(data="scenes", attention=[16]))["attention"].value == [16], "as it was chosen"
    assert scenes["size"].visible is True
    assert scenes["square"].visible == "hidden"
    assert asked(Choices(data=UPLOADED))["square"].visible is True
    back = asked(Choices(data="faces", recipe="pooled", attention=[4]))
    assert (back["recipe"].value, back["attention"].value) == ("default", [8, 16])


def test_where_attention_stands_in_own_pictures_their_reader_decides_unless_it_is_chosen():
    own = Request(data=UPLOADED, generator_attention=(8, 16))
    assert "--attention auto" in shown_command(own, "own.zip"), "which may come with captions"
    for chosen, said in (((4,), "4"), ((), "none")):
        request = Request(data=UPLOADED, generator_attention=chosen)
        assert f"--attention {said}" in shown_command(request, "own.zip")
    assert "--attention 8,16" in shown_command(Request(data="scenes"), "scenes"), (
        "which is known to have some"
    )
    assert suiting.usual_sizes(Choices(data="scenes")) == (8,)
    assert suiting.usual_sizes(Choices(data="faces")) == (8, 16)


def test_a_table_of_numbers_is_told_by_its_lines_and_texts_by_theirs(tmp_path: Path):
    rows, pairs = tmp_path / "rows.csv", tmp_path / "pairs.csv"
    rows.write_text("a,b,c\n" + "1.5,2,x\n" * 9)
    pairs.write_text("one,1\n" * 9)
    own = Choices(data=UPLOADED, upload=[str(rows)])
    assert (own.kind, own.request().own_kind) == ("rows", "rows")
    assert [*suiting.recipes_for(own)] == ["default", "perceptron"]
    assert Choices(data=UPLOADED, upload=[str(pairs)]).kind == "text"
    assert Choices(data=UPLOADED, upload=[str(rows), str(pairs)]).kind == "pictures"
    assert Choices(data=UPLOADED, kept="rows.csv").kind == "rows"
    assert Choices(data=UPLOADED, kept="pairs.jsonl").kind == "text"
    assert "--kind rows" in shown_command(own.request(), "rows.csv")
    assert "--kind" not in shown_command(Choices(data="moons").request(), "moons")


def test_a_program_chooses_by_names_and_attention_stands_where_the_recipe_has_it():
    assert suiting.of_program("twins", "default", 16).attention == (8,)
    assert suiting.of_program("twins", "dcgan-2015", 32).attention == ()
    assert suiting.of_program("twins", "default", 32, attention=[4], seed=3) == Choices(
        data="twins", attention=[4], seed=3
    )
    for name, recipe, size, told in (
        (UPLOADED, "default", 32, "Own data are for the page or the command"),
        ("/etc/own.csv", "nobody", 32, "data '/etc/own.csv' is not known"),
        ("scenes", "dcgan-2015", 32, "There is no recipe 'dcgan-2015' for scenes: give default."),
        ("ring", "pooled", 32, "There is no recipe 'pooled' for ring: give default, perceptron."),
        ("twins", "default", "32", "'32' is no whole number"),
        ("twins", ["default"], 32, "is no text"),
    ):
        with pytest.raises(AttnGanError, match=re.escape(told)):
            suiting.of_program(name, recipe, size)


def test_a_training_races_whom_it_can_and_others_are_named():
    for name, first in (("twins", "bare"), ("ring", "recipe:perceptron"), ("dates", "recipe:pooled")):
        choices = suiting.of_program(name, "default", 32)
        assert rivals.rivals_for(choices)[0][1] == first
        assert rivals.rival_of(choices, first) != choices.request()
    ring = suiting.of_program("ring", "default", 32)
    for wrong in ("bare", "nobody", "recipe:default", None, ["same"]):
        with pytest.raises(AttnGanError, match=r"cannot race .*: choose one of recipe:perceptron, "):
            rivals.rival_of(ring, wrong)
