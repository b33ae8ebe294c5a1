"""Texts of the Explore tab."""

WORDS: dict[str, dict[str, str]] = {"en": {}, "zh-CN": {}}
