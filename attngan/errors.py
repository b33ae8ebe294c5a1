"""The one error that is meant to be read by a person."""


class AttnGanError(Exception):
    """What was wrong, where, and what to do, in one or two sentences shown to the person as they are."""
