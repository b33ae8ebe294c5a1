"""The Space's entry, and `python app.py`: serves the page on GRADIO_SERVER_PORT."""

from demo.__main__ import main

if __name__ == "__main__":
    main()
