"""`cti-relay owed`: which outcomes are owed, by whom, since when."""

from __future__ import annotations

from typing import Annotated

import typer

from cti_desktop.relay.cli.console import Console


def owed(
    ctx: typer.Context,
    agent: Annotated[str | None, typer.Argument(help="One agent's name or id.", show_default=False)] = None,
) -> None:
    """List conversations without an outcome, oldest first.

    STATE is `owed`; `recovered` where no webhook came and the provider's call log told of it afterwards;
    `unknown` where the end of the call was never reported.
    """
    console = Console.of(ctx)
    columns = {"agent": "AGENT", "since": "SINCE", "number": "NUMBER", "state": "STATE", "call_id": "CALL"}
    console.show_rows(console.run("owed.list", agent=agent), columns, "Nothing is owed.")
