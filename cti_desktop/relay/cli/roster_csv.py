"""A list of agents as a spreadsheet saves it: any order of columns, comma, semicolon or tab, BOM or not."""

from __future__ import annotations

import csv
import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cti_desktop.relay.refusal import Refused

# Rows that are added in one transaction.
BATCH: Final = 200

_COLUMNS: Final = ("name", "phone", "email", "extension", "queue", "provider_id")
_ALSO: Final = {
    "phones": "phone",
    "e_mail": "email",
    "ext": "extension",
    "department": "queue",
    "uuid": "provider_id",
}
_DELIMITERS: Final = ",;\t"


@dataclass(slots=True)
class Roll:
    """The rows as arguments of `agent.import`, and those that are no rows of agents."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)


def read_roll(path: Path) -> Roll:
    """The agents in `path`. Raises `Refused` for a file that can't be read as such a list."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8: save it as “CSV UTF-8”") from None
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}") from None
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        columns = _columns(path, next(reader, []))
        return _rows(reader, columns)
    except csv.Error as error:
        raise Refused(f"{path} is no CSV file: {error}") from None


def _columns(path: Path, headings: list[str]) -> list[str]:
    names = [re.sub(r"[\s-]+", "_", heading.strip().lower()) for heading in headings]
    columns = [_ALSO.get(name, name) for name in names]
    for column in columns:
        if column not in _COLUMNS:
            near = difflib.get_close_matches(column, _COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_COLUMNS)}"
            raise Refused(f"{path}: there is no column {column!r}: {hint}")
    for needed in ("name", "phone"):
        if columns.count(needed) != 1:
            raise Refused(f"{path}: the first line must have one column {needed!r}")
    return columns


def _rows(reader: Any, columns: list[str]) -> Roll:  # noqa: ANN401 - csv hides the reader's type
    roll = Roll()
    for cells in reader:
        values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if not any(values.values()):
            continue
        row: dict[str, Any] = {"line": reader.line_num, "name": values.get("name", "")}
        if len(cells) > len(columns):
            roll.refused.append(
                {**row, "error": f"has {len(cells)} cells, but there are {len(columns)} columns"}
            )
            continue
        phones = [part.strip() for part in re.split(r"[;|]", values.get("phone", "")) if part.strip()]
        extras = {key: values[key] for key in columns if key not in ("name", "phone") and values.get(key)}
        roll.rows.append({**row, "phones": phones, **extras})
    return roll
