"""Texts of the Train tab."""

WORDS: dict[str, dict[str, str]] = {"en": {}, "zh-CN": {}}
