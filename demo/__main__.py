"""`python -m demo`, and `attngan demo`: serves the page on GRADIO_SERVER_PORT."""

import os
import sys

from attngan.errors import AttnGanError
from attngan.signals import interrupt_on_endings
from attngan.tuning import tune_server


def main() -> None:
    """Serve until the end."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported
    from demo.app import build_app, launch
    from demo.jobs import jobs_in, runs_folder

    interrupt_on_endings()  # so that a running training is saved first
    try:
        tune_server()
        page = build_app()
        try:
            launch(page)
        finally:
            jobs_in(runs_folder()).close()  # before threads that a training may wait for are waited for
    except AttnGanError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
