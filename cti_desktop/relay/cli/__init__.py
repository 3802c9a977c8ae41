"""`cti-relay`: what an administrator types. Parses and prints, and does nothing by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cti_desktop import __version__
from cti_desktop.relay.cli import (
    access,
    agents,
    contact,
    deliveries,
    doctoring,
    numbers,
    outcome,
    owed,
    panel,
    serving,
    setting_up,
    simulating,
    upkeep,
)
from cti_desktop.relay.cli.console import Console, Root

app = typer.Typer(
    cls=Root,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The server between MyOperator and the agents' desktops.",
    epilog="--config and --json may stand anywhere. First: cti-relay init, then cti-relay serve.",
)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001 - typer's
    if wanted:
        typer.echo(f"cti-relay {__version__}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    *,
    config: Annotated[
        Path | None,
        typer.Option(help="The relay.toml to use, instead of ./relay.toml or the one that init made."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    version: Annotated[  # noqa: ARG001 - told before any command is looked at
        bool,
        typer.Option("--version", help="Tell the version, and end.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """Keep what all commands need."""
    ctx.obj = Console(config, as_json)


setting_up.register(app)
serving.register(app)
doctoring.register(app)
simulating.register(app)
upkeep.register(app)
app.add_typer(deliveries.quarantined, name="quarantine")
app.add_typer(deliveries.events, name="events")
app.add_typer(agents.app, name="agent")
app.add_typer(access.tokens, name="token")
app.add_typer(access.secrets, name="secret")
app.add_typer(contact.app, name="contact")
app.add_typer(outcome.app, name="outcome")
app.command()(owed.owed)
agents.app.command()(owed.role)
agents.app.command()(panel.fetch)
app.add_typer(numbers.dids, name="did")


def main() -> None:
    """The entry point."""
    app(prog_name="cti-relay")
