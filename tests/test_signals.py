"""A system's wish that a program ends, and what nohup says of it."""

import signal
import sys

import pytest

from attngan.signals import endings


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


def test_a_system_without_hangups_has_one_signal_to_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(signal, "SIGHUP", raising=False)
    assert endings() == [signal.SIGTERM]
