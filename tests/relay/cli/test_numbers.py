"""`cti-relay contact …` and `cti-relay did …`."""

from tests.helpers.relay_cli import Keyboard


def test_contacts(keyboard: Keyboard) -> None:
    """A contact is added and listed."""
    assert keyboard.types("contact", "list") == "The directory is empty.\n"
    said = keyboard.types("contact", "add", "Asha Traders", "--phone", "9820055512", "--company", "ATL")

    assert said.startswith("Asha Traders is con_")
    assert keyboard.types("contact", "list").splitlines()[1].endswith("Asha Traders  ATL      +919820055512")
    assert keyboard.gets("contact", "list")[0]["phones"] == ["+919820055512"]


def test_labels(keyboard: Keyboard) -> None:
    """A label is set, listed and taken away."""
    assert keyboard.types("did", "list") == "No number has a label.\n"
    said = keyboard.types("did", "label", "022 4000 1000", "Sales – Mumbai")

    assert said == "+912240001000 is Sales – Mumbai.\n"
    assert keyboard.gets("did", "list") == [{"number": "+912240001000", "label": "Sales – Mumbai"}]
    assert keyboard.types("did", "label", "02240001000", "") == "+912240001000 has no label.\n"
