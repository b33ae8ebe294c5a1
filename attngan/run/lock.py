"""The lock of a run's folder: one process alone writes there."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from attngan.errors import AttnGanError
from attngan.run.folder import RunFolder
from attngan.storage import UNKNOWN

LOCK_SECONDS = 0.5  # that a look whether somebody trains may take


@contextmanager
def alone_in(run: RunFolder) -> Iterator[None]:
    """Hold the run's lock; a drive that knows no locks is trusted to have one trainer."""
    lock = FileLock(run.lock_file, timeout=LOCK_SECONDS, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise AttnGanError(
            f"Another process is training in {run.path}: wait for it, or stop it with: "
            f"python -m attngan steer {shlex.quote(str(run.path))} stop"
        ) from error
    except NotImplementedError:
        pass
    except OSError as error:
        if error.errno not in UNKNOWN:
            raise AttnGanError(f"{run.path} cannot be written: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()
