"""Text from text: networks that read one text and write another, and how texts are shown."""
