"""The values that the browser's modules are tested against are what Python reads of the same frame."""

import json

import numpy as np

from tests.js import make_values


def test_the_values_for_node_are_what_python_reads():
    written = json.loads(make_values.FILE.read_text("utf-8"))
    found = json.loads(json.dumps(make_values.values()))
    assert written.keys() == found.keys()
    for part in ("frame", "captioned", "pixels"):
        assert written[part] == found[part], part
    for kind, numbers in (("spreads", "heads"), ("readings", "map"), ("captioned_readings", "map")):
        for one, other in zip(written[kind], found[kind], strict=True):
            np.testing.assert_allclose(one.pop(numbers), other.pop(numbers), atol=2e-6)
            assert one == other


def test_some_query_of_the_values_for_node_may_look_nowhere():
    first = make_values.coarse().weights
    assert first[0].sum(-1).amin() == 0
    assert first[1].sum(-1).amin() > 0.999
