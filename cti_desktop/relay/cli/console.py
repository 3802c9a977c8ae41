"""What all commands share: `--config` and `--json` anywhere, results as text or JSON, errors as words.

Exit codes: 0 done, 1 refused or failed with a reason on stderr, 2 wrong usage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import typer
from typer.core import TyperGroup

from cti_desktop.core.errors import CtiError
from cti_desktop.relay import admin
from cti_desktop.relay.config import RelayConfig, load

_CONFIG: Final = "--config"
_JSON: Final = "--json"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Console:
    """What the person at the keyboard said for all commands."""

    config_path: Path | None = None
    as_json: bool = False

    @classmethod
    def of(cls, ctx: typer.Context) -> Console:
        """The console of the running command."""
        found = ctx.find_root().obj
        return found if isinstance(found, cls) else cls()

    def config(self) -> RelayConfig:
        """The configuration in force. Raises `ConfigError` and `ConfigUnreadable`."""
        return load(self.config_path)

    def run(self, command: str, **args: object) -> Any:  # noqa: ANN401 - JSON
        """What a command of `relay.commands` answers, wherever it must run."""
        return admin.run(self.config(), command, args)

    def show(self, result: object, *lines: str) -> None:
        """Print `result` as JSON where that is wanted, else `lines`."""
        if self.as_json:
            typer.echo(msgspec.json.encode(result).decode())
        else:
            for line in lines:
                typer.echo(line)

    def show_rows(self, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], empty: str) -> None:
        """Print `rows` as a JSON array, else as a table; `columns`: key to heading."""
        self.show(rows, *(table(rows, columns) if rows else [empty]))


class Root(TyperGroup):
    """The top command: takes the common options wherever they stand, and says errors in words."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer hides the type
        """Parse, the common options first."""
        return super().parse_args(ctx, hoisted(args))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same
        """Run the command. An error of the world ends in one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except CtiError as error:
            typer.echo(f"cti-relay: {error}", err=True)
            raise typer.Exit(1) from None


def hoisted(args: Sequence[str]) -> list[str]:
    """`args` with `--config FILE` and `--json` in front; what follows `--` stays."""
    common: list[str] = []
    rest: list[str] = []
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return [*common, *rest, word, *waiting]
        if word == _JSON or word.startswith(f"{_CONFIG}="):
            common.append(word)
        elif word == _CONFIG:
            common += [word, *waiting[:1]]
            waiting = waiting[1:]
        else:
            rest.append(word)
    return [*common, *rest]


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> Iterable[str]:
    """`rows` in aligned columns, under the headings."""
    cells = [list(columns.values()), *([_cell(row.get(key)) for key in columns] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def when(text: str | None) -> str:
    """A moment of a result (ISO 8601) in this machine's time; `never` for none."""
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M:%S") if text else "never"


def _cell(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case list():
            return " ".join(map(str, value))
        case str() if _MOMENT.match(value):
            return when(value)
        case _:
            return str(value)
