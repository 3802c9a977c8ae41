"""`cti-relay agent fetch`: the roster, as MyOperator's panel has it, through MyOperator's own API."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.vendor import VendorApi
from cti_desktop.relay.vendor_config import VendorConfig


def fetch(
    ctx: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show who would be added.")] = False,
) -> None:
    """Add the agents of MyOperator's panel who are not in the roster yet. Needs `vendor.token`."""
    console = Console.of(ctx)
    config = console.config().vendor
    if not config.token:
        raise Refused("there is no token of MyOperator's API: set vendor.token in relay.toml")
    there = console.run("agent.list")
    known = {phone for agent in there for phone in agent["phones"]} | {agent["name"] for agent in there}
    rows = [row for user in asyncio.run(_users(config)) if (row := row_of(user, known)) is not None]
    for line, row in enumerate(rows, 1):
        row["line"] = line
    result = {"added": [], "refused": []} if dry_run else console.run("agent.import", rows=rows)
    would = [f"{row['name']}  {' '.join(row['phones'])}" for row in rows]
    did = f"{len(result['added'])} added, {len(result['refused'])} refused."
    console.show({**result, "found": rows}, *(would if dry_run else [did]))
    for row in result["refused"]:
        typer.echo(f"{row['name']}: {row['error']}", err=True)
    if result["refused"]:
        raise typer.Exit(1)


def row_of(user: Mapping[str, Any], known: set[str]) -> dict[str, Any] | None:
    """A user as an argument of `agent.import`; None for one without a name, and for one who is there."""
    name = str(user.get("name") or "").strip()
    country = str(user.get("country_code") or "").lstrip("+")
    contact = str(user.get("contact_number") or "").strip()
    phone = contact if contact.startswith("+") or not country else f"+{country}{contact}"
    if not name or name in known or (contact and phone in known):
        return None
    row = {"name": name, "phones": [phone] if contact else []}
    more = {"email": "email", "extension": "extension", "provider_id": "uuid"}
    return row | {key: str(user[field]) for key, field in more.items() if user.get(field)}


async def _users(config: VendorConfig) -> list[Mapping[str, Any]]:
    api = VendorApi(config)
    try:
        return await api.users()
    finally:
        await api.close()
