"""Pairs of texts to learn from: what is read and what is to be written, by name or a person's own."""
