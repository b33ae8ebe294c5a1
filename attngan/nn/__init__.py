"""Attention, layers, losses and optimisation: mathematics that knows no kind. May import the ground floor."""
