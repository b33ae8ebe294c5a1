"""Rows of numbers: points with an exact measure, bundled tables, and a person's own .csv."""
