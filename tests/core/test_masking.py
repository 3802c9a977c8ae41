"""What a log may show."""

import pytest

from cti_desktop.core.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("rang +919999900001", "rang …0001"),
        ("rang 09999900001 twice", "rang …0001 twice"),
        ("rang +91 99999 00001, queue 42", "rang …0001, queue 42"),
        ("Authorization: Bearer cti_abc.def", "Authorization: Bearer …"),
        ("POST /hooks/pbx?token=abc&x=1", "POST /hooks/pbx?token=…&x=1"),
        ("sent whsec_0abc instead of ctid_1def", "sent whsec_… instead of ctid_…"),
        ("event 1234567 of 2026-11-23", "event 1234567 of 2026-11-23"),
    ],
)
def test_numbers_and_credentials_are_masked(text: str, masked: str) -> None:
    """The last four digits are enough to find a call again."""
    assert masked == mask(text)
