"""`cti-relay token …` and `cti-relay secret …`: who may come in."""

from __future__ import annotations

from typing import Annotated

import typer

from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.config import DEFAULT_SOURCE

tokens = typer.Typer(no_args_is_help=True, help="The desktops' tokens: list, revoke.")
secrets = typer.Typer(no_args_is_help=True, help="The webhooks' secrets: list, add, retire.")


@tokens.command("list")
def list_tokens(ctx: typer.Context) -> None:
    """List all tokens, by agent. What they are is known to nobody. LAST SEEN is when a desktop came by it."""
    console = Console.of(ctx)
    columns = {
        "id": "ID",
        "agent": "AGENT",
        "device": "DEVICE",
        "created_at": "CREATED",
        "seen": "LAST SEEN",
        "revoked_at": "REVOKED",
    }
    rows = console.run("token.list")
    shown = [{**row, "seen": "connected" if row.get("connected") else row["last_seen_at"]} for row in rows]
    console.show_rows(
        rows if console.as_json else shown, columns, "There are no tokens: cti-relay agent enrol NAME"
    )


@tokens.command()
def revoke(ctx: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID", show_default=False)]) -> None:
    """Revoke a token. Its connection is closed at once, and the desktop asks to sign in again."""
    console = Console.of(ctx)
    revoked = console.run("token.revoke", id=id_)
    console.show(revoked, f"{id_} is revoked." if revoked["was_valid"] else f"{id_} was revoked already.")


@secrets.command("list")
def list_secrets(ctx: typer.Context) -> None:
    """List the webhook secrets, without what they are."""
    console = Console.of(ctx)
    columns = {
        "id": "ID",
        "source": "SOURCE",
        "created_at": "CREATED",
        "last_used_at": "LAST USED",
        "retired_at": "RETIRED",
    }
    console.show_rows(console.run("secret.list"), columns, "There are no secrets: cti-relay secret add")


@secrets.command("add")
def add_secret(
    ctx: typer.Context,
    *,
    source: Annotated[str, typer.Option(help="Which webhook origin it is for.")] = DEFAULT_SOURCE,
) -> None:
    """Make a further secret, for a rotation. Both count until one is retired. It is shown only now."""
    console = Console.of(ctx)
    secret = console.run("secret.add", source=source)
    console.show(
        secret,
        secret["secret"],
        f"It is {secret['id']}, and is not shown again. Put it into the provider's panel, make a test call,",
        "and retire the old one: cti-relay secret list, cti-relay secret retire ID",
    )


@secrets.command()
def retire(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    *,
    force: Annotated[bool, typer.Option("--force", help="Even if it is the last one.")] = False,
) -> None:
    """End a secret: webhooks that carry it are refused from now on."""
    console = Console.of(ctx)
    retired = console.run("secret.retire", id=id_, force=force)
    if warning := retired.pop("warning", None):
        typer.echo(f"cti-relay: {warning}", err=True)
    console.show(retired, f"{id_} is retired.")
