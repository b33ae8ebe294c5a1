"""A process that stands by: it imports what training needs, which takes seconds, and waits for its words."""

import json
import os
import sys


def words() -> list[str]:
    """What one line of standard input asks for, as attngan.run.backends writes it; none where it ends before.

    From then on this process works in the folder that the line names, and speaks to the log there.
    """
    from attngan.command import progress  # noqa: F401 - these imports are what takes seconds
    from attngan.data import loading  # noqa: F401
    from attngan.kinds import registry
    from attngan.nn import threads  # noqa: F401
    from attngan.run import races, runs  # noqa: F401

    for entry in registry.KINDS.values():
        entry.load()

    line = sys.stdin.readline()
    if not line:
        return []
    wish = json.loads(line)
    os.chdir(wish["folder"])
    nothing, log = (
        os.open(os.devnull, os.O_RDONLY),
        os.open(wish["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT),
    )
    for own, other in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(own, other)
    found: list[str] = wish["words"]
    sys.argv[1:] = found  # a run writes down the command that made it
    return found
