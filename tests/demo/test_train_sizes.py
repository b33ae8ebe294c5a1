"""Ticks of feature maps: what an update is taking away is for the request to judge."""

from demo.train.sizes import AttentionSizes


def test_a_tick_that_is_no_choice_any_more_is_passed_on_and_what_is_no_number_is_not():
    ticks = AttentionSizes(choices=[("4 px", 4), ("8 px", 8)])
    assert ticks.preprocess([8, 16, "16"]) == [8, 16]
    assert ticks.preprocess([]) == []
