"""`cti-relay owed`: which outcomes are owed, by whom; `cti-relay agent role`: who may see numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from cti_desktop.relay.cli.console import Console


def role(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The agent's name or id.", show_default=False)],
    role: Annotated[str, typer.Argument(help="Such as agent or lead.", show_default=False)],
) -> None:
    """Give an agent a role; `privacy.masked_roles` of relay.toml says which of them see no numbers."""
    console = Console.of(ctx)
    agent = console.run("agent.role", agent=name, role=role)
    console.show(agent, f"{agent['name']} is {agent['role']}.")


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
