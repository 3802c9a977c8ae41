"""`cti-relay outcome export`: conversations and what came of them, as a file for a team's report."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import IO, Annotated, Any, Final

import typer

from cti_desktop.core.disposition import Catalogue
from cti_desktop.providers.contract import zone_named
from cti_desktop.relay import admin, catalogue
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.cli.contact_files import harmless, private
from cti_desktop.relay.refusal import Refused

app = typer.Typer(no_args_is_help=True, help="What came of conversations: export.")

_COLUMNS: Final = (
    *("time", "agent", "queue", "direction", "number", "call_id", "talk_seconds", "result"),
    *("state", "code", "sub_code", "label", "notes", "follow_up", "saved_at"),
)
_DAY: Final = ["%Y-%m-%d"]


@app.command()
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The .csv file to write.", show_default=False)],
    *,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY, metavar="DATE", help="The first day, as 2026-08-31."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=_DAY, metavar="DATE", help="The last day; it is part of it."),
    ] = None,
) -> None:
    """Write conversations, one row each with its outcome or that it is owed, into a CSV file.

    Days and times are those of `hours.timezone`. STATE is `desktop` or `provider`, whichever way the outcome
    came; without one `owed`, `recovered` or `unknown`, as in `cti-relay owed`. That it was done is noted.
    """
    console = Console.of(ctx)
    config = console.config()
    if first and last and last < first:
        raise Refused(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}")
    zone = zone_named(config.hours.timezone)
    days = {"from": _midnight(first, zone), "to": _midnight(last and last + timedelta(days=1), zone)}
    codes = catalogue.load(config.catalogue)
    with admin.conversation(config) as run:
        run("outcome.exported", days)
        try:
            with open(file, "w", encoding="utf-8", newline="", opener=private) as out:
                count = _write(out, _rows(run, days), codes, zone)
        except OSError as error:
            raise Refused(f"{file} can't be written: {error.strerror}") from None
    one = "1 conversation is" if count == 1 else f"{count} conversations are"
    console.show({"rows": count, "file": str(file)}, f"{one} in {file}.")


def _midnight(day: datetime | None, zone: tzinfo | None) -> str | None:
    """With which the day begins; without a zone that is known, by this machine's clock."""
    if day is None:
        return None
    return (day.replace(tzinfo=zone) if zone else day.astimezone()).isoformat()


def _rows(run: admin.Run, days: Mapping[str, str | None]) -> Iterator[Mapping[str, Any]]:
    after: Mapping[str, Any] | None = {}
    while after is not None:
        answer = run("outcome.page", {**days, "after": after})
        yield from answer["rows"]
        after = answer["after"]


def _write(out: IO[str], rows: Iterator[Mapping[str, Any]], codes: Catalogue, zone: tzinfo | None) -> int:
    out.write("\ufeff")  # else Excel takes it for another encoding
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the number of the last one
        writer.writerow([harmless(cell) for cell in _cells(row, codes, zone)])
    return count


def _cells(row: Mapping[str, Any], codes: Catalogue, zone: tzinfo | None) -> Iterator[str]:
    """In the order of `_COLUMNS`; an outcome of a desktop with the label that its code has now."""
    code, seconds = row.get("code"), row.get("talk_seconds")
    yield _moment(row["at"], zone)
    yield row["agent"]
    yield row.get("queue") or ""
    yield row.get("direction") or ""
    yield (row["number"] or "").removeprefix("+")
    yield row["call_id"]
    yield "" if seconds is None else str(seconds)
    yield row.get("result") or ""
    yield row["state"]
    yield code or ""
    yield row.get("sub_code") or ""
    yield codes.label_of(code, row["sub_code"]) if code else row.get("label", "")
    yield row.get("notes") or ""
    yield _moment(row.get("follow_up_at"), zone)
    yield _moment(row.get("saved_at"), zone)


def _moment(text: str | None, zone: tzinfo | None) -> str:
    return datetime.fromisoformat(text).astimezone(zone).isoformat(timespec="seconds") if text else ""
