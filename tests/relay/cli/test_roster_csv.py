"""Lists of agents as spreadsheets save them."""

from pathlib import Path

import pytest

from cti_desktop.relay.cli.roster_csv import Roll, read_roll
from cti_desktop.relay.refusal import Refused


def roll(folder: Path, content: bytes) -> Roll:
    """What a file with that content holds."""
    (folder / "roll.csv").write_bytes(content)
    return read_roll(folder / "roll.csv")


def refusal(folder: Path, content: bytes) -> str:
    """Why a file can't be read as a list."""
    with pytest.raises(Refused) as caught:
        roll(folder, content)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_spreadsheets_differ(tmp_path: Path, delimiter: bytes, end: bytes, bom: bytes) -> None:
    """Delimiter, line ends and byte-order mark make no difference."""
    lines = [[b"Name", b"Phones", b"Ext"], [b"Asha", b"99|88", b"7"]]
    content = bom + end.join(delimiter.join(line) for line in lines)

    assert roll(tmp_path, content).rows == [
        {"line": 2, "name": "Asha", "phones": ["99", "88"], "extension": "7"}
    ]


def test_all_columns_in_any_order(tmp_path: Path) -> None:
    """What the panel exports can be named as people name it."""
    content = b'UUID,Department,E-mail,phone,NAME\nu-1,Sales,a@e.in,"1; 2 ;",Asha\n'

    assert roll(tmp_path, content).rows == [
        {
            "line": 2,
            "name": "Asha",
            "phones": ["1", "2"],
            "provider_id": "u-1",
            "queue": "Sales",
            "email": "a@e.in",
        }
    ]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    """Blank lines are skipped but counted, and so are line breaks inside a cell."""
    content = b'name,phone\n\n,,\n"As\nha",1\nBen,2\n'

    assert [(row["line"], row["name"]) for row in roll(tmp_path, content).rows] == [(5, "As\nha"), (6, "Ben")]


def test_a_short_row_lacks_what_it_lacks(tmp_path: Path) -> None:
    """A row may end early."""
    assert roll(tmp_path, b"name,phone,email\nAsha\n").rows == [{"line": 2, "name": "Asha", "phones": []}]


def test_a_long_row_is_refused(tmp_path: Path) -> None:
    """A comma too many would put things into wrong columns."""
    found = roll(tmp_path, b"name,phone\nAsha,1,2\n")

    assert (found.rows, found.refused) == (
        [],
        [{"line": 2, "name": "Asha", "error": "has 3 cells, but there are 2 columns"}],
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the first line must have one column 'name'"),
        (b"name\nAsha\n", "the first line must have one column 'phone'"),
        (b"name,phone,phones\n", "the first line must have one column 'phone'"),
        (b"name,phone,emial\n", "there is no column 'emial': did you mean email?"),
        (b"name,phone,shoe size\n", "there is no column 'shoe_size': known are name, phone"),
        (b"name,phone\n\xe9,1\n", "is not UTF-8: save it as"),
        (b"name,phone\n" + b"x" * 200_000 + b",1\n", "is no CSV file"),
    ],
)
def test_a_file_that_is_no_list(tmp_path: Path, content: bytes, said: str) -> None:
    """What is wrong with the file is said before anything is added."""
    assert said in refusal(tmp_path, content)


def test_a_missing_file(tmp_path: Path) -> None:
    """A wrong path is named."""
    with pytest.raises(Refused, match=r"none\.csv can't be read"):
        read_roll(tmp_path / "none.csv")
