"""`cti-relay backup`, `restore`, `erase`, `audit`, `trust-clock`: what is kept, and how safely."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from cti_desktop.relay.backup import back_up
from cti_desktop.relay.backup import restore as put_back
from cti_desktop.relay.cli.console import Console, when
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store

_ERASED: Final = {
    "calls": ("call", "calls"),
    "deliveries": ("webhook body", "webhook bodies"),
    "events": ("event", "events"),
    "contacts": ("contact", "contacts"),
}
_CONSEQUENCES: Final = (
    "Desktops are told by themselves, and send what they saved in the last 7 days again.",
    "What came since the backup is not in it:",
    "- agents added, computers signed in: add the agents again, and make each a code: cti-relay agent enrol",
    "- secrets added, and changes of the directory, the phones and the roles: make them again",
    "- numbers erased are back: erase them again: cti-relay erase --number",
    "- tokens revoked and agents disabled count again: cti-relay token list, cti-relay agent list",
)


def backup(
    ctx: typer.Context,
    destination: Annotated[str, typer.Argument(help="A new file, or a folder.", show_default=False)],
) -> None:
    """Copy the store, whether the relay runs or not. The copy is one consistent file."""
    console = Console.of(ctx)
    where = Path(destination)
    if destination.endswith(("/", os.sep)) and not where.is_dir():
        raise Refused(
            f"there is no folder {where}: make it first, readable for you alone. Nothing was copied"
        )
    made = back_up(_file(console.config()), where, datetime.now(UTC))
    result = {"backup": str(made), "bytes": made.stat().st_size}
    console.show(result, f"{made}: {result['bytes']:,} bytes. It holds secrets and numbers: keep it as safe.")


def restore(
    ctx: typer.Context,
    copy: Annotated[Path, typer.Argument(help="What `backup` made.", show_default=False)],
) -> None:
    """Put a backup in the place of the store, while the relay is stopped. The former store is kept aside."""
    console = Console.of(ctx)
    file = _file(console.config())
    aside = put_back(copy, file, datetime.now(UTC))
    store = Store.open(f"sqlite:///{file.as_posix()}")  # brings an older copy up to date
    epoch = store.epoch
    store.close()
    lines = [
        f"{file} is as it was when {copy} was made.",
        *([f"The former store is kept: {aside}"] if aside else []),
    ]
    result = {"store": str(file), "aside": str(aside) if aside else None, "epoch": epoch}
    console.show(result, *lines, *_CONSEQUENCES)


def erase(ctx: typer.Context, *, number: Annotated[str, typer.Option(help="The customer's number.")]) -> None:
    """Take a customer's number, and all that leads to it, out of the store. It can't be undone."""
    console = Console.of(ctx)
    erased = console.run("erase", number=number)
    console.show(
        erased,
        f"Erased: {', '.join(_counted(erased[key], *words) for key, words in _ERASED.items())}.",
        "Not reached: backups made before, and what desktops remember of the last 30 days.",
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def audit(ctx: typer.Context) -> None:
    """List who exported, erased, merged or looked behind a mask: the latest 500 times, newest first."""
    console = Console.of(ctx)
    rows = console.run("audit.list")
    named = [{**row, "who": f"{row['agent']} ({row['who']})" if row["agent"] else row["who"]} for row in rows]
    columns = {"at": "AT", "who": "WHO", "what": "WHAT", "subject": "ABOUT"}
    console.show_rows(rows if console.as_json else named, columns, "Nothing of that kind was done yet.")


def trust_clock(ctx: typer.Context) -> None:
    """Say that this machine's clock is right, after a jump held back the purge."""
    console = Console.of(ctx)
    result = console.run("clock.trust")
    console.show(result, f"The clock is trusted: it is {when(result['trusted_at'])}.")


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(backup)
    app.command()(restore)
    app.command()(erase)
    app.command()(audit)
    app.command("trust-clock")(trust_clock)


def _file(config: RelayConfig) -> Path:
    if config.store.file is None:
        raise Refused(
            "the store is in a database server: use its own tools (pg_dump, pg_restore). After putting a "
            "dump back, run: DELETE FROM cursors; DELETE FROM meta WHERE key = 'epoch';"
        )
    return config.store.file
