from cti_desktop.desktop.viewmodels.words import pops


def test_lengths_are_short() -> None:
    """Never zero: nothing takes no time."""
    assert ["1\u00a0ms", "12\u00a0ms", "1.3\u00a0s"] == [pops.milliseconds(x) for x in (0.0001, 0.0124, 1.3)]
    assert "30\u00a0s" == pops.whole_seconds(30)


def test_today() -> None:
    """Of few pops, no more is said than they tell."""
    assert ["", "1 pop, 40\u00a0ms"] == [pops.pops_today(number, 0.04, 0.04) for number in (0, 1)]
    assert "19 pops, 40\u00a0ms; at most 90\u00a0ms" == pops.pops_today(19, 0.04, 0.09)
    assert "20 pops, 40\u00a0ms; at most 90\u00a0ms for 19 of 20" == pops.pops_today(20, 0.04, 0.09)
