"""A system's wish that a program ends, and what nohup says of it."""

import os
import signal
import sys

import pytest

from attngan.signals import endings, interrupt_on_endings


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal on Windows")
def test_a_closed_terminal_ends_a_program_unless_it_was_started_to_outlive_it():
    before = signal.getsignal(signal.SIGHUP)
    try:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        assert endings() == [signal.SIGTERM, signal.SIGHUP]
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        assert endings() == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal on Windows")
@pytest.mark.parametrize("first", ["SIGTERM", "SIGHUP"])
def test_the_first_signal_interrupts_and_those_after_it_do_not(first: str):
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    try:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        interrupt_on_endings()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), getattr(signal, first))
        for number in (*numbers, *numbers):
            os.kill(os.getpid(), number)
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def test_a_system_without_hangups_has_one_signal_to_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attngan.signals.HANGUP", None)
    assert endings() == [signal.SIGTERM]
