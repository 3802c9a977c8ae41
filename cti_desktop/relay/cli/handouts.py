"""Files with enrolment codes in them: for their owner's eyes only, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cti_desktop.relay.refusal import Refused

_COLUMNS: Final = ("id", "name", "phones", "relay", "code", "expires_at")
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_text(agents: Sequence[Mapping[str, Any]], relay_url: str) -> str:
    """One line for each agent, under headings. `cti-desktop --enrol CODE --relay URL` takes its columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for agent in agents:
        values = {**agent, "relay": relay_url, "phones": " ".join(agent["phones"])}
        writer.writerow([_plain(str(values[column])) for column in _COLUMNS])
    return text.getvalue()


def require_new(*files: Path | None) -> None:
    """Before codes are made, which ends earlier ones. Raises `Refused` where `write_private` would."""
    for file in filter(None, files):
        if file.exists():
            raise _taken(file)
        if not file.absolute().parent.is_dir():
            raise Refused(f"{file} can't be written: there is no such folder")


def write_private(file: Path, content: bytes) -> None:
    """Make `file`, readable for its owner alone. Raises `Refused`, also for one that is there already."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)
    except FileExistsError:
        raise _taken(file) from None
    except OSError as error:
        raise Refused(f"{file} can't be written: {error.strerror}") from None


def _taken(file: Path) -> Refused:
    return Refused(f"{file} is there already: its codes may still be needed. Name another file")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
