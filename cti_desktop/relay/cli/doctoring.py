"""`cti-relay doctor`: what is wrong, and how to mend it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

import typer

from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.doctor import examine
from cti_desktop.relay.health import Check, Level

_MARKS: Final = {Level.OK: "ok  ", Level.WARN: "WARN", Level.FAIL: "FAIL"}


def doctor(ctx: typer.Context) -> None:
    """Say what is wrong and how to mend it. Exit code 1 when something fails."""
    console = Console.of(ctx)
    checks = examine(console.config_path)
    console.show([_plain(check) for check in checks], *_lines(checks))
    if any(check.level is Level.FAIL for check in checks):
        typer.echo("cti-relay: something fails: see above", err=True)
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(doctor)


def _plain(check: Check) -> dict[str, str]:
    return {"check": check.name, "level": check.level.value, "says": check.says, "mend": check.mend}


def _lines(checks: Sequence[Check]) -> Iterator[str]:
    width = max(len(check.name) for check in checks)
    for check in checks:
        head = f"{_MARKS[check.level]}  {check.name.ljust(width)}  "
        yield head + "\n".join(_indented(check.says, len(head))).strip()
        if check.mend:
            yield from _indented(f"→ {check.mend}", 8 + width)


def _indented(text: str, by: int) -> list[str]:
    """`text` folded to the terminal. Commands and addresses are not broken."""
    columns = max(shutil.get_terminal_size((110, 24)).columns, by + 40)
    indent = " " * by
    return textwrap.wrap(
        text,
        columns,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
