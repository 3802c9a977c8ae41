"""A list of contacts as a CRM or a spreadsheet saves it, read row by row: millions need no more memory.

Any order of columns; what they mean is guessed from headings, and can be said. A line is a row or a fault.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cti_desktop.relay.contact_import import BY_NUMBER, Row, checked_link, to_number
from cti_desktop.relay.refusal import Refused

KNOWN: Final = ("name", "phone", "company", "owner", "vip", "tags", "notes", "link", "key")
_PARTS: Final = ("first_name", "last_name")

# Whole headings; a heading that has a phone's word in it is a phone.
_SPELLINGS: Final[Mapping[str, str]] = {
    spelling: column
    for column, spellings in {
        "name": "name full_name contact_name customer_name customer display_name contact client fn",
        "company": "company company_name organisation organization account account_name firm business org",
        "owner": "owner account_owner contact_owner owner_name owner_email assigned_to agent salesperson",
        "vip": "vip is_vip priority_customer",
        "tags": "tags tag labels label segment categories",
        "notes": "notes note remarks remark description comments comment",
        "link": "link crm_link record_url contact_url url",
        "key": "id key contact_id record_id crm_id customer_id external_id uid record_no",
        "first_name": "first_name firstname given_name forename",
        "last_name": "last_name lastname surname family_name",
    }.items()
    for spelling in spellings.split()
}
_PHONE: Final = re.compile(r"phone|mobile|tel(?!l)|whatsapp|cell|contact_(?:no|number)|(?:^|_)number$")
_DELIMITERS: Final = ",;\t|"
_YES: Final = frozenset({"1", "y", "yes", "true", "vip", "x", "ja", "हाँ"})
_LONGEST_CELL: Final = 20_000
# Spreadsheets keep a text that looks like a formula behind this; our own export does.
_QUOTE: Final = "'"
_FORMULAS: Final = frozenset("=+-@\t\r")
_FIELD: Final = "field:"
# What `surrogateescape` makes of bytes that are no UTF-8.
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_APART: Final = re.compile(r"[;|/\n]|,(?=\s*\+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line. `kept`: the row counts all the same, without what is named."""

    line: int
    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of the file means, by position: a known name, or `field:HEADING`."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """To be shown: `phone ← Mobile, Phone 2`."""
        by_meaning: dict[str, list[str]] = {}
        for column, heading in zip(self.columns, self.headings, strict=True):
            meaning = "custom field" if column.startswith("field:") else column
            by_meaning.setdefault(meaning or "(left out)", []).append(heading)
        return [f"{meaning} ← {', '.join(headings)}" for meaning, headings in by_meaning.items()]


@dataclass(slots=True)
class ContactFile:
    """An opened list. `read` counts the characters that were consumed, for a progress bar."""

    mapping: Columns
    region: str
    _reader: Any
    read: Callable[[], int]
    close: Callable[[], None]

    def __iter__(self) -> Iterator[Row | Fault]:
        """Each line as a row or a fault, and a fault more where a number of a kept row is no good."""
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Fault(self._reader.line_num, f"is no CSV: {error}")
                continue
            if "".join(cells).strip():
                yield from row_of(cells, self.mapping.columns, self._reader.line_num, self.region)


def open_list(path: Path, region: str, said: Mapping[str, str]) -> ContactFile:
    """The list in `path`. `said`: heading to meaning. Raises `Refused` for a file that is no such list."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        file = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}") from None
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for line in file:
            count += len(line)
            yield line.replace("\0", "")

    source = lines()
    first = next(source, "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        columns = guess(next(csv.reader([first], delimiter=delimiter), []), said, path)
    except Refused:
        file.close()
        raise
    reader = _Numbered(csv.reader(source, delimiter=delimiter))
    return ContactFile(columns, region, reader, lambda: count, file.close)


class _Numbered:
    """A csv reader that counts the line of headings too."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 - csv hides the reader's type
        self._reader = reader

    @property
    def line_num(self) -> int:
        return int(self._reader.line_num) + 1

    def __next__(self) -> list[str]:
        cells: list[str] = next(self._reader)
        return cells


def guess(headings: Sequence[str], said: Mapping[str, str], path: Path) -> Columns:
    """What the columns mean. Raises `Refused` where there is no name or no phone among them."""
    unknown = [heading for heading in said if heading not in headings]
    if unknown:
        raise Refused(f"{path} has no column {unknown[0]!r}; it has {', '.join(headings)}")
    columns = tuple(said[h] if h in said else _meaning(h) for h in headings)
    if "phone" not in columns or not {"name", *_PARTS, "company"} & set(columns):
        raise Refused(
            f"{path}: no column is recognised as {'a name' if 'phone' in columns else 'a phone'} among "
            f"{', '.join(headings)}. Say which: --map 'HEADING=phone', --map 'HEADING=name'"
        )
    return Columns(columns, tuple(headings))


def _meaning(heading: str) -> str:
    plain = re.sub(r"\W+", "_", heading.strip().lower()).strip("_")
    if _PHONE.search(plain):
        return "phone"
    return _SPELLINGS.get(plain) or (f"field:{heading.strip()}" if plain else "")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where in a row what stands: positions by meaning."""

    phones: tuple[int, ...]
    known: tuple[tuple[int, str], ...]
    fields: tuple[tuple[int, str], ...]


@lru_cache(maxsize=8)
def _plan(columns: tuple[str, ...]) -> _Plan:
    places = list(enumerate(columns))
    return _Plan(
        tuple(i for i, column in places if column == "phone"),
        tuple((i, c) for i, c in places if c not in {"", "phone"} and not c.startswith(_FIELD)),
        tuple((i, c.removeprefix(_FIELD)) for i, c in places if c.startswith(_FIELD)),
    )


def row_of(cells: Sequence[str], columns: Sequence[str], line: int, region: str) -> Iterator[Row | Fault]:
    """One line: a row and what had to be left out of it, or the reason why it is none."""
    count = len(cells)
    if count > len(columns):
        yield Fault(line, f"has {count} cells, but there are {len(columns)} columns")
        return
    if _NOT_UTF8.search("".join(cells)):
        yield Fault(line, "is not UTF-8: save the file as “CSV UTF-8”")
        return
    plan, texts = _plan(tuple(columns)), [_unquoted(cell) for cell in cells]
    phones = [phone for i in plan.phones if i < count and texts[i] for phone in _several(texts[i])]
    numbers = {phone: to_number(phone, region) for phone in phones}
    good = tuple(dict.fromkeys(filter(None, numbers.values())))
    values = {column: texts[i] for i, column in plan.known if i < count and texts[i]}
    name = values.get("name") or " ".join(values[part] for part in _PARTS if part in values)
    name = name or values.get("company", "")
    bad = ", ".join(phone for phone, number in numbers.items() if number is None)
    if not good or not name:
        yield Fault(
            line,
            f"has no number that can be called{f': {bad}' if bad else ''}" if not good else "has no name",
        )
        return
    fields = {heading: texts[i] for i, heading in plan.fields if i < count and texts[i]}
    try:
        row = _row(values, name, good, tuple(fields.items()))
    except Refused as error:
        yield Fault(line, str(error))
        return
    yield row
    if bad:
        yield Fault(line, f"left out, as it can't be called: {bad}", kept=True)


def _row(
    values: Mapping[str, str], name: str, numbers: tuple[str, ...], fields: tuple[tuple[str, str], ...]
) -> Row:
    own = values.get("key")
    return Row(
        key=key_of(own or "") or BY_NUMBER + numbers[0],
        name=name,
        numbers=numbers,
        company=values.get("company"),
        owner=values.get("owner"),
        vip=values.get("vip", "").lower() in _YES,
        tags=_tags(values["tags"]) if "tags" in values else (),
        notes=values.get("notes", ""),
        link=checked_link(values["link"]) if "link" in values else None,
        fields=fields,
    )


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in re.split(r"[;|,]", text) if tag.strip())


def key_of(own: str) -> str:
    """The key for an id of the file's own; our own export carries keys as they are."""
    return own if not own or own.startswith(BY_NUMBER) else f"id:{own.removeprefix('id:')}"


def _several(text: str) -> list[str]:
    """Numbers in one cell, apart by `;`, `|`, `/` or line breaks; a comma may begin an extension."""
    if not _APART.search(text):
        return [text]
    return [part.strip() for part in _APART.split(text) if part.strip()]


def _unquoted(cell: str) -> str:
    quoted = cell[:1] == _QUOTE and cell[1:2] in _FORMULAS
    return (cell[1:] if quoted else cell).strip()
