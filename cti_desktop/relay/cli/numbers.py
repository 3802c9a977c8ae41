"""`cti-relay did …`: names for our own numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from cti_desktop.relay.cli.console import Console

dids = typer.Typer(no_args_is_help=True, help="Our own numbers: what agents read when one is dialled.")


@dids.command()
def label(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(show_default=False)],
    text: Annotated[str, typer.Argument(metavar="LABEL", help="Empty takes it away.", show_default=False)],
) -> None:
    """Name one of our numbers, such as “Sales – Mumbai”."""
    console = Console.of(ctx)
    did = console.run("did.label", number=number, label=text)
    console.show(
        did, f"{did['number']} is {did['label']}." if did["label"] else f"{did['number']} has no label."
    )


@dids.command("list")
def list_dids(ctx: typer.Context) -> None:
    """List the numbers that have a name."""
    console = Console.of(ctx)
    console.show_rows(
        console.run("did.list"), {"number": "NUMBER", "label": "LABEL"}, "No number has a label."
    )
