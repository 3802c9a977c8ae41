"""Places in words."""

import pytest

from cti_desktop.providers.regions import region_of


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("DL, IN", "Delhi, India"),
        ("dl,in", "Delhi, India"),
        ("TS, IN", "Telangana, India"),
        ("XX, IN", "XX, India"),
        (", IN", "India"),
        ("IN", "India"),
        ("CA, US", "CA, US"),
        ("Delhi", "Delhi"),
        ("\u202eDL, IN", "Delhi, India"),
        ("<b>x</b>\n", "<b>x</b>"),
        ("", None),
        (None, None),
        ({"state": "DL"}, None),
    ],
)
def test_region(location: object, expected: str | None) -> None:
    """Known codes become names, everything else stays as it was written, made safe."""
    assert expected == region_of(location)


def test_a_region_is_short() -> None:
    """It stands on the card beside the number."""
    assert 80 == len(region_of("x" * 1_000) or "")
