"""The signals by which a system asks a program to end."""

import signal

HANGUP: int | None = getattr(signal, "SIGHUP", None)  # Windows has none


def endings() -> list[int]:
    """SIGTERM, and SIGHUP (the terminal was closed) where the system has it and this process heeds it.

    `nohup` starts a program that does not.
    """
    if HANGUP is None or signal.getsignal(HANGUP) is signal.SIG_IGN:
        return [signal.SIGTERM]
    return [signal.SIGTERM, HANGUP]


def interrupt_on_endings() -> None:
    """Let the first of them end this process as Ctrl-C does; those that follow do not disturb how it ends.

    A terminal that is closed, and a session that is ended, often send two.
    """
    numbers = endings()

    def interrupt(number: int, frame: object) -> None:
        for one in numbers:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, interrupt)
