"""Text that any file can hold and any terminal can show."""

import json
import os
from pathlib import PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from attngan.config import About
from attngan.text import one_line, printable, writable

TEXTS = st.text(st.characters(codec=None, exclude_categories=()))  # lone surrogates too


def test_what_is_no_text_becomes_a_question_mark_wherever_it_stands():
    given = {"caf\udce9": ["\ud800", ("é", 3, None, "猫")]}
    assert writable(given) == {"caf?": ["?", ("é", 3, None, "猫")]}


@given(
    st.recursive(
        TEXTS | st.none() | st.floats(allow_nan=False),
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    )
)
@settings(deadline=None, max_examples=60, derandomize=True)
def test_all_that_is_writable_can_be_written_and_stays_as_it_is(value: object):
    written = json.dumps(writable(value), ensure_ascii=False).encode()
    assert json.loads(written) == writable(value) == writable(writable(value))


@given(TEXTS, st.lists(TEXTS, max_size=3))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_settings_of_any_texts_go_to_json_and_back(name: str, labels: list[str]):
    about = About.of(name=name, label_names=tuple(labels))
    assert About.parse(about.model_dump_json()) == about


@given(TEXTS)
@settings(deadline=None, max_examples=60, derandomize=True)
def test_a_line_is_one_line_and_no_command_to_a_terminal(text: str):
    assert one_line(text).isprintable()
    assert printable(text).isprintable()
    assert one_line("a\tb\n\x1b[2Jc\udce9") == "a b ?[2Jc?"


def test_what_cannot_be_shown_becomes_a_question_mark_and_wide_spaces_become_spaces():
    assert printable(PurePosixPath(os.fsdecode(b"b\xff\nd.png"))) == "b??d.png"
    assert printable("猫　白 café 10\u202fAM") == "猫 白 café 10 AM"
