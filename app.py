"""The Space's entry, and `python app.py`: serves the page on GRADIO_SERVER_PORT."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from attngan.signals import interrupt_on_endings
from attngan.tuning import tune_server
from demo.app import build_app, launch

if __name__ == "__main__":
    tune_server()
    interrupt_on_endings()  # so that a running training is saved first
    launch(build_app())
