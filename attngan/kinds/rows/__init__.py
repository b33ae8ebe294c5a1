"""Rows of numbers as a kind: points of a plane, and tables. May import what every kind may."""
