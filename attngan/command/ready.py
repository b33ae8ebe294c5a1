"""`python -m attngan.command.ready train ...`: puts a run down, ready to be gone on with."""

import sys

from attngan.command.complaints import complaint


def main() -> None:
    """Put it down; whatever goes wrong is one sentence on standard error, and exit code 1."""
    from attngan.command.training import context_of, prepared
    from attngan.run import runs

    try:
        words = sys.argv[2:]  # all of them stand in the command that the run writes down
        entry = prepared(context_of("ready", words))
        runs.make_ready(entry.folder, entry.config, entry.state, entry.items)
    except Exception as error:  # noqa: BLE001 - no program's error is for a person as it is
        sys.exit(f"Error: {complaint(error)}")


if __name__ == "__main__":
    main()
