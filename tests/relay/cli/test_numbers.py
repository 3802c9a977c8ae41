"""`cti-relay did …`."""

from tests.helpers.relay_cli import Keyboard


def test_labels(keyboard: Keyboard) -> None:
    """A label is set, listed and taken away."""
    assert keyboard.types("did", "list") == "No number has a label.\n"
    said = keyboard.types("did", "label", "022 4000 1000", "Sales – Mumbai")

    assert said == "+912240001000 is Sales – Mumbai.\n"
    assert keyboard.gets("did", "list") == [{"number": "+912240001000", "label": "Sales – Mumbai"}]
    assert keyboard.types("did", "label", "02240001000", "") == "+912240001000 has no label.\n"
