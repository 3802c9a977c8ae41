"""vCards, as phones and address books write them."""

from pathlib import Path

import pytest

from cti_desktop.relay.cli.contact_csv import Fault
from cti_desktop.relay.cli.vcard import read_cards, write_cards
from cti_desktop.relay.contact_import import Row
from cti_desktop.relay.refusal import Refused

ONE, TWO = "+919999900001", "+919999900002"


def read(folder: Path, text: str) -> list[Row | Fault]:
    """Everything that the file holds."""
    file = folder / "cards.vcf"
    file.write_text(text, encoding="utf-8", newline="")
    return list(read_cards(file, "IN"))


def test_a_phones_card(tmp_path: Path) -> None:
    """Version 2.1, quoted-printable Devanagari, parts instead of a full name, folded over lines."""
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
        "=E0=A4=A6=E0=A5=87;=E0=A4=85=\r\n=E0=A4=A8;;;\r\n"
        "TEL;CELL:099999 00001\r\nTEL;WORK:12\r\nEND:VCARD\r\n"
    )
    row, fault = read(tmp_path, card)

    assert row == Row(f"tel:{ONE}", "अन दे", (ONE,))
    assert fault == Fault(1, "left out, as it can't be called: 12", kept=True)


def test_a_modern_card(tmp_path: Path) -> None:
    """Version 4.0: grouped properties, uris, escapes, folded notes."""
    card = (
        "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:7\nFN:Asha\\, Ltd\nitem1.TEL;VALUE=uri:tel:+91-99999-00001\n"
        "ORG:ATL;Sales\nNOTE:two\\nli\n nes\n"
        "CATEGORIES:gold,pune\nURL:https://a.example.com\nEMAIL:a@b.c\nEND:VCARD\n"
    )
    assert read(tmp_path, card) == [
        Row(
            "id:urn:uuid:7",
            "Asha, Ltd",
            (ONE,),
            "ATL Sales",
            tags=("gold", "pune"),
            notes="two\nlines",
            link="https://a.example.com",
            fields=(("E-mail", "a@b.c"),),
        )
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("BEGIN:VCARD\nFN:A\nEND:VCARD\n", Fault(1, "has no number that can be called")),
        ("BEGIN:VCARD\nTEL:9999900001\nEND:VCARD\n", Fault(1, "has no name")),
        ("hello\n", Fault(1, "stands outside of a card")),
        ("BEGIN:VCARD\nFN:A\n", Fault(1, "begins a card that doesn't end")),
    ],
)
def test_faults(tmp_path: Path, text: str, fault: Fault) -> None:
    """Each is named by its line."""
    assert read(tmp_path, text) == [fault]


def test_there_and_back(tmp_path: Path) -> None:
    """What is written is read as it was, its key included."""
    entry = {
        "id": "con_1",
        "key": f"tel:{TWO}",
        "name": "A; B, C\\",
        "phones": [ONE, TWO],
        "company": "ATL",
        "notes": "x\ny",
        "link": "https://a.example.com/1",
        "tags": ["p,q"],
    }
    (row,) = read(tmp_path, "".join(write_cards([entry])))

    assert isinstance(row, Row)
    assert (f"tel:{TWO}", "A; B, C\\", (ONE, TWO), "ATL", "x\ny") == (
        row.key,
        row.name,
        row.numbers,
        row.company,
        row.notes,
    )


def test_no_file(tmp_path: Path) -> None:
    """The reason is said."""
    with pytest.raises(Refused, match="can't be read"):
        list(read_cards(tmp_path / "none.vcf", "IN"))
