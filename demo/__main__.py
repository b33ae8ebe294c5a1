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

    tune_server()
    interrupt_on_endings()  # so that a running training is saved first
    try:
        launch(build_app())
    except AttnGanError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
