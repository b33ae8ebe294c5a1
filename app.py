"""The Space's entry, and `python app.py`: serves the page on GRADIO_SERVER_PORT."""

import os
import signal

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from attngan.signals import endings
from demo.app import build_app, launch

if __name__ == "__main__":
    for number in endings():
        signal.signal(number, signal.default_int_handler)  # so that a running training is saved first
    launch(build_app())
