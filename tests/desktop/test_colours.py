"""Arithmetic on colours."""

import pytest

from cti_desktop.desktop.colours import SHAPE, contrast, luminance, mixed, shown_on


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#FFFFFF", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs, in either order."""
    assert ratio == pytest.approx(contrast(one, other), abs=0.01)
    assert contrast(one, other) == contrast(other, one)


def test_luminance_runs_from_0_to_1() -> None:
    """Green is brighter than blue."""
    assert 0 == luminance("#000000")
    assert 1 == pytest.approx(luminance("#ffffff"))
    assert luminance("#00ff00") > luminance("#0000ff")


def test_mixing() -> None:
    """None, half and all of the other."""
    assert ["#102030", "#889098", "#ffffff"] == [mixed("#102030", "#ffffff", s) for s in (0, 0.5, 1)]


@pytest.mark.parametrize("color", ["#0f766e", "#7c3aed", "#ffee00", "#000000", "#ffffff", "#808080"])
@pytest.mark.parametrize("ground", ["#edf1f6", "#2c333f", "#000000", "#ffffff", "#808080"])
def test_shapes_show_on_any_ground(color: str, ground: str) -> None:
    """What shows already stays as it is; the rest becomes brighter or darker until it does."""
    shown = shown_on(ground, color)
    assert contrast(shown, ground) >= SHAPE
    assert (shown == color) == (contrast(color, ground) >= SHAPE)
