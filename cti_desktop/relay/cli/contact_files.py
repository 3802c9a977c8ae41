"""`cti-relay contact import` and `export`: files of any size, streamed."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Annotated, Any, Final

import typer

from cti_desktop.relay import admin, control
from cti_desktop.relay.cli import vcard
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.cli.contact_csv import KNOWN, Fault, open_list
from cti_desktop.relay.contact_import import Row
from cti_desktop.relay.refusal import Refused

# Rows of one transaction: a running relay must answer webhooks between two of them.
BATCH: Final = 500
_ALONE: Final = 10
_SHOWN: Final = 20
_STEP: Final = 100_000
_LISTED: Final = 1000
# Cells that a spreadsheet would run.
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_CARDS: Final = (".vcf", ".vcard")
_COLUMNS: Final = ("key", "name", "phone", "company", "owner", "vip", "tags", "notes", "link")


_Source = tuple[Iterator[Row | Fault], Callable[[], int] | None, list[str]]


@dataclass(slots=True)
class _Tally:
    """What came of an import so far."""

    rows: int = 0
    added: int = 0
    updated: int = 0
    refused: int = 0
    faults: list[Fault] = field(default_factory=list)

    def fault(self, fault: Fault) -> None:
        self.refused += not fault.kept
        if len(self.faults) < _LISTED:
            self.faults.append(fault)


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .csv or .vcf file.", show_default=False)],
    *,
    said: Annotated[
        list[str], typer.Option("--map", help="HEADING=MEANING, where the guess is wrong; may be repeated.")
    ] = [],  # noqa: B006 - typer copies it
    region: Annotated[str | None, typer.Option(help="The country of national numbers, such as IN.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, change nothing.")] = False,
    errors: Annotated[Path | None, typer.Option(help="Write every fault into this file.")] = None,
) -> None:
    """Add or update many contacts from a CSV or vCard file.

    Columns are recognised by their headings, in any order; those that aren't become custom fields. An id
    column is the key by which a later import updates a contact; without one, the first number is. Good rows
    are taken, every bad one is listed with its line.
    """
    console = Console.of(ctx)
    config = console.config()
    country = region or next(iter(config.sources.values())).region
    tally = _Tally()
    with _opened(file, country, said) as (found, read, mapping):
        if mapping and not console.as_json:
            typer.echo("Columns: " + "; ".join(mapping))
        with _fault_file(errors) as note, _progress(file, read, shown=not console.as_json) as moved:
            seen = _sorted_out(found, tally, note, moved)
            if dry_run:
                tally.rows = sum(1 for _ in seen)
            else:
                _send(console, seen, tally)
    _report(console, file, tally, mapping, dry_run=dry_run)


@contextmanager
def _opened(file: Path, region: str, said: Iterable[str]) -> Iterator[_Source]:
    """What stands in the file, how far it was read, and what its columns are taken for."""
    if file.suffix.lower() in _CARDS:
        with closing(vcard.read_cards(file, region)) as cards:
            yield cards, None, []
    else:
        contacts = open_list(file, region, dict(_meaning(text) for text in said))
        with closing(contacts):
            yield iter(contacts), contacts.read, contacts.mapping.lines


def _send(console: Console, rows: Iterator[Row], tally: _Tally) -> None:
    config = console.config()
    runs = control.door(admin.control_file(config)) is not None
    size = BATCH if runs else BATCH * _ALONE

    def put(batch: list[Row]) -> None:
        answer = run("contact.import", {"rows": batch})
        tally.rows += len(batch)
        tally.added += answer["added"]
        tally.updated += answer["updated"]

    # One batch is written while the next one is read.
    with admin.conversation(config) as run, ThreadPoolExecutor(1, "import") as sender:
        under_way: Future[None] | None = None
        while batch := list(islice(rows, size)):
            if under_way is not None:
                under_way.result()
            under_way = sender.submit(put, batch)
        if under_way is not None:
            under_way.result()


def _sorted_out(
    found: Iterable[Row | Fault], tally: _Tally, note: Callable[[Fault], None], moved: Callable[[], None]
) -> Iterator[Row]:
    for item in found:
        moved()
        if isinstance(item, Fault):
            tally.fault(item)
            note(item)
        else:
            yield item


def _report(console: Console, file: Path, tally: _Tally, mapping: list[str], *, dry_run: bool) -> None:
    faults = [{"line": f.line, "error": f.text, "kept": f.kept} for f in tally.faults]
    counts = {"rows": tally.rows, "added": tally.added, "updated": tally.updated, "refused": tally.refused}
    would = f"{tally.rows} rows would be taken, {tally.refused} refused. Nothing was changed."
    did = f"{tally.added} added, {tally.updated} updated, {tally.refused} refused."
    console.show({**counts, "columns": mapping, "faults": faults}, would if dry_run else did)
    if not console.as_json:
        for fault in tally.faults[:_SHOWN]:
            typer.echo(f"{file}:{fault.line}: {fault.text}", err=True)
        if len(tally.faults) > _SHOWN:
            typer.echo("… and more: --errors FILE writes them all.", err=True)
    if tally.refused:
        raise typer.Exit(1)


def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The .csv or .vcf file to write.", show_default=False)],
) -> None:
    """Write the whole directory into a CSV or vCard file; the relay notes that it was done.

    Numbers stand without their plus, and cells that a spreadsheet would take for formulas behind a '.
    """
    console = Console.of(ctx)
    with admin.conversation(console.config()) as run:
        run("contact.exported", {})
        try:
            with open(file, "w", encoding="utf-8", newline="", opener=private) as out:
                if file.suffix.lower() in _CARDS:
                    count = sum(out.write(card) and 1 for card in vcard.write_cards(_everybody(run)))
                else:
                    count = _write_csv(out, run)
        except OSError as error:
            raise Refused(f"{file} can't be written: {error.strerror}") from None
    console.show(
        {"contacts": count, "file": str(file)},
        f"{count} {'contact is' if count == 1 else 'contacts are'} in {file}.",
    )


def private(path: str, flags: int) -> int:
    """An opener: customers' numbers stand in it, so a new file is for its owner's eyes only."""
    return os.open(path, flags, 0o600)


def _everybody(run: admin.Run) -> Iterator[dict[str, Any]]:
    after = ""
    while page := run("contact.page", {"after": after}):
        yield from page
        after = page[-1]["id"]


def _write_csv(out: IO[str], run: admin.Run) -> int:
    names = dict.fromkeys(name for entry in _everybody(run) for name, _ in entry["fields"])
    out.write("\ufeff")  # else Excel takes it for another encoding
    writer = csv.writer(out)
    writer.writerow([*_COLUMNS, *map(harmless, names)])
    count = 0
    for count, entry in enumerate(_everybody(run), 1):  # noqa: B007 - the number of the last one
        fields = dict(entry["fields"])
        writer.writerow([harmless(text) for text in (*_cells(entry), *(fields.get(n, "") for n in names))])
    return count


def _cells(entry: Mapping[str, Any]) -> Iterator[str]:
    yield (entry["key"] or entry["id"]).removeprefix("id:")
    yield entry["name"]
    yield ";".join(number.removeprefix("+") for number in entry["phones"])
    for name in ("company", "owner"):
        yield entry[name] or ""
    yield "yes" if entry["vip"] else ""
    yield ";".join(entry["tags"])
    yield entry["notes"]
    yield entry["link"] or ""


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _meaning(text: str) -> tuple[str, str]:
    heading, _, meaning = text.rpartition("=")
    if meaning not in {*KNOWN, "skip", "field"} or not heading:
        raise Refused(f"--map {text!r} is not HEADING=MEANING, with one of {', '.join(KNOWN)}, field, skip")
    return heading, f"field:{heading}" if meaning == "field" else meaning.replace("skip", "")


@contextmanager
def _fault_file(path: Path | None) -> Iterator[Callable[[Fault], None]]:
    """Where every fault goes, however many there are."""
    if path is None:
        yield lambda _fault: None
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "error", "kept"])
            yield lambda fault: writer.writerow(
                [fault.line, harmless(fault.text), "yes" if fault.kept else ""]
            )
    except OSError as error:
        raise Refused(f"{path} can't be written: {error.strerror}") from None


@contextmanager
def _progress(file: Path, read: Callable[[], int] | None, *, shown: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr, where somebody looks at it. What it yields is called for every row."""
    if read is None or not shown or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:

        def moved() -> None:
            if (ahead := read() - bar.pos) > _STEP:
                bar.update(ahead)

        yield moved
        bar.update(max(0, file.stat().st_size - bar.pos))
