"""`python -m demo`, and `attngan demo`: serves the page on GRADIO_SERVER_PORT."""

import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from attngan.errors import AttnGanError
from attngan.signals import interrupt_on_endings
from attngan.tuning import tune_server
from demo.app import build_app, launch


def main() -> None:
    """Serve until the end."""
    tune_server()
    interrupt_on_endings()  # so that a running training is saved first
    try:
        launch(build_app())
    except AttnGanError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
