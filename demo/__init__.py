"""The page: knows gradio, and the library only through its public names."""
