"""`cti-relay quarantine …` and `cti-relay events …`: what came in, and what of it was not understood."""

from __future__ import annotations

import time
from typing import Annotated, Any, Final

import typer

from cti_desktop.relay.cli.console import Console, when

quarantined = typer.Typer(no_args_is_help=True, help="Webhooks not understood: list, show, replay.")
events = typer.Typer(no_args_is_help=True, help="What comes in: tail.")

_POLL_SECONDS: Final = 1.0
_AT_ONCE: Final = 200

Id = Annotated[int, typer.Argument(metavar="ID", show_default=False)]


@quarantined.command("list")
def list_(ctx: typer.Context) -> None:
    """List the webhooks that were kept but not understood, the newest first."""
    console = Console.of(ctx)
    columns = {"id": "ID", "source": "SOURCE", "received_at": "CAME", "bytes": "BYTES", "reason": "WHY"}
    console.show_rows(console.run("quarantine.list"), columns, "Every webhook was understood.")


@quarantined.command()
def show(ctx: typer.Context, id_: Id) -> None:
    """Show one of them as it came, numbers and all, understood or not; the relay notes that it was done."""
    console = Console.of(ctx)
    found = console.run("quarantine.show", id=id_)
    head = (
        f"{found['id']} of {found['source']}, {when(found['received_at'])}: {found['reason'] or 'understood'}"
    )
    console.show(found, head, f"Content-Type: {found['content_type']}", "", found["body"] or "(purged)")


@quarantined.command()
def replay(
    ctx: typer.Context,
    id_: Annotated[int | None, typer.Argument(metavar="[ID]", show_default=False)] = None,
) -> None:
    """Read them again, after an upgrade that understands more. The relay must run."""
    console = Console.of(ctx)
    total = {"understood": 0, "duplicates": 0, "still": 0}
    after, more = 0, True
    while more:
        found = console.run("quarantine.replay", id=id_, after=after)
        total = {key: count + found[key] for key, count in total.items()}
        after, more = found["last"], found["more"]
    console.show(
        total,
        f"{total['understood']} understood now, {total['duplicates']} were there already, "
        f"{total['still']} are still not understood.",
    )


@events.command()
def tail(
    ctx: typer.Context,
    *,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many.", min=1, max=1000)] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until interrupted.")] = False,
) -> None:
    """Show the last webhooks that were taken in, one line each; never a body or a number.

    `quarantine show` shows a whole one, by the number with which its line begins.
    """
    console = Console.of(ctx)
    rows = console.run("events.tail", limit=lines)
    _print(console, rows)
    if not rows and not console.as_json:
        typer.echo("No webhook came in yet: cti-relay doctor says what to look at.", err=True)
    last = rows[-1]["id"] if rows else 0
    while follow:
        time.sleep(_POLL_SECONDS)
        rows = console.run("events.tail", after=last, limit=_AT_ONCE)
        _print(console, rows)
        last = rows[-1]["id"] if rows else last


def _print(console: Console, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        told = row["kind"] or row["reason"] or ""
        line = f"{row['id']:6}  {when(row['received_at'])}  {row['source']}  {row['outcome']:11}  {told:15}"
        console.show(row, f"{line}  {row['call_id'] or ''}".rstrip())
