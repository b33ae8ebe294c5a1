"""Captioned pictures of one or two things, and a reader that checks both without a network.

Facts are told as a caption (grammar) and drawn as a picture (drawing). A caption is parsed into facts again
(parsing), a picture read into things again (seeing), and checking says which facts of the one are true in the
other.
"""
