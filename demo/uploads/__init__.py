"""A person's own pictures on the page: where uploads lie, and how they are read apart from the server.

The short-lived process that reads them (reader.py) imports neither gradio nor torch: it starts at once.
"""
