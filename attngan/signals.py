"""The signals by which a system asks a program to end."""

import signal


def endings() -> list[int]:
    """SIGTERM, and SIGHUP (the terminal was closed) where the system has it and this process heeds it.

    `nohup` starts a program that does not.
    """
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is None or signal.getsignal(hangup) is signal.SIG_IGN:
        return [signal.SIGTERM]
    return [signal.SIGTERM, hangup]
