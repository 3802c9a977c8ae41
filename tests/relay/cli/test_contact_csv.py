"""Lists of contacts, as CRMs and spreadsheets really save them."""

import csv
import io
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.relay.cli.contact_csv import Fault, open_list, row_of
from cti_desktop.relay.cli.contact_files import harmless
from cti_desktop.relay.contact_import import Row
from cti_desktop.relay.refusal import Refused

ONE, TWO = "+919999900001", "+919999900002"


def read(folder: Path, content: str | bytes, **said: str) -> list[Row | Fault]:
    """Everything that the file holds."""
    file = folder / "list.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with closing(open_list(file, "IN", said)) as found:
        return list(found)


@pytest.mark.parametrize(
    "content",
    [
        "Name,Phone\nAsha,99999 00001\n",
        "Phone;Name\n+91 99999 00001;Asha\n",
        "\ufeffMobile Number\tFull Name\r\n0 99999 00001\tAsha\r\n",
        '"Primary Phone","First Name","Last Name"\n"9999900001","Asha",""\n',
        "Contact No|Customer Name\n0091 9999900001|Asha\n",
    ],
)
def test_any_order_and_separator(tmp_path: Path, content: str) -> None:
    """Columns are found by their headings."""
    assert read(tmp_path, content) == [Row(f"tel:{ONE}", "Asha", (ONE,))]


def test_everything_a_list_can_hold(tmp_path: Path) -> None:
    """Two phones, an id, custom fields, several tags, a note of two lines."""
    (row,) = read(
        tmp_path,
        "Record Id,Contact Name,Mobile,Work Phone,Account Name,Contact Owner,VIP,Tags,Remarks,CRM Link,City\n"
        '7,Asha,9999900001,"9999900002; 9999900001",ATL,asha@example.com,Yes,"gold, pune","a\nb",'
        "https://crm.example.com/7,Pune\n",
    )
    assert row == Row(
        "id:7",
        "Asha",
        (ONE, TWO),
        "ATL",
        "asha@example.com",
        True,
        ("gold", "pune"),
        "a\nb",
        "https://crm.example.com/7",
        (("City", "Pune"),),
    )


def test_the_mapping_is_shown_and_can_be_said(tmp_path: Path) -> None:
    """Where the guess is wrong, the heading is named."""
    file = tmp_path / "list.csv"
    file.write_text("Ansprechpartner,Rufnr,Zweitnummer\nAsha,9999900001,9999900002\n", encoding="utf-8")
    with pytest.raises(Refused, match="no column is recognised as a phone"):
        open_list(file, "IN", {})
    said = {"Ansprechpartner": "name", "Rufnr": "phone", "Zweitnummer": ""}
    with closing(open_list(file, "IN", said)) as found:
        assert found.mapping.lines == ["name ← Ansprechpartner", "phone ← Rufnr", "(left out) ← Zweitnummer"]
        assert list(found) == [Row(f"tel:{ONE}", "Asha", (ONE,))]
        assert found.read() > 20
    with pytest.raises(Refused, match="has no column 'Tel'"):
        open_list(file, "IN", {"Tel": "phone"})


def test_bad_rows_are_named_by_line(tmp_path: Path) -> None:
    """None is dropped silently, and none costs its neighbours anything."""
    found = read(
        tmp_path,
        "name,phone,link\nAsha,9999900001,\n,9999900002,\nShort,123,\n\nMany,9999900001,,x\n"
        'Half,"9999900002;12",\nEvil,9999900001,javascript:x\nLast,9999900002,\n',
    )
    assert [f"{f.line}: {f.text}" for f in found if isinstance(f, Fault)] == [
        "3: has no name",
        "4: has no number that can be called: 123",
        "6: has 4 cells, but there are 3 columns",
        "7: left out, as it can't be called: 12",
        "8: 'javascript:x' is no https:// address",
    ]
    assert [r.name for r in found if isinstance(r, Row)] == ["Asha", "Half", "Last"]


def test_another_encoding_is_a_fault_of_its_rows(tmp_path: Path) -> None:
    """Rows in plain ASCII are good in any encoding."""
    row, fault = read(tmp_path, b"name,phone\nAsha,9999900001\nJos\xe9,9999900002\n")

    assert (Row(f"tel:{ONE}", "Asha", (ONE,)), Fault(3, "is not UTF-8: save the file as “CSV UTF-8”")) == (
        row,
        fault,
    )


def test_a_cell_that_never_ends(tmp_path: Path) -> None:
    """A forgotten quote is a fault, not a hang or a full memory."""
    found = read(tmp_path, 'name,phone\n"' + "x" * 50_000 + "\nAsha,9999900001\n")

    assert [Fault, Row] == [type(item) for item in found]


def test_no_file(tmp_path: Path) -> None:
    """The reason is said."""
    with pytest.raises(Refused, match="can't be read"):
        open_list(tmp_path / "none.csv", "IN", {})


@given(st.text(max_size=30))
def test_what_is_exported_comes_back(text: str) -> None:
    """No cell is a formula for a spreadsheet, and none is changed by the way."""
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    out = io.StringIO()
    csv.writer(out).writerow([cell])
    (row,) = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    (made,) = row_of(["Asha", ONE, *row], ["name", "phone", "notes"], 1, "IN")
    assert isinstance(made, Row)
    assert made.notes == text.strip() or text.startswith("'")


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_cells_make_a_row_or_a_fault(cells: list[str]) -> None:
    """Whatever stands in a file, it is read on."""
    columns = ["name", "phone", "link", "vip", "field:X"]
    found = list(row_of(cells, columns, 1, "IN"))
    assert all(isinstance(item, Row | Fault) for item in found)
    assert found
