"""`cti-relay agent …`: the roster, and how its people sign in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cti_desktop.relay.cli import handouts
from cti_desktop.relay.cli.console import Console, when
from cti_desktop.relay.cli.roster_csv import BATCH, Roll, read_roll
from cti_desktop.relay.cli.sheet import pdf
from cti_desktop.relay.refusal import Refused

UNREACHABLE: Final = "has no phone, e-mail or extension, so no call finds them"
NO_URL: Final = "nobody has told it yet, see [server] public_url in relay.toml"

app = typer.Typer(
    no_args_is_help=True, help="The agents: add, list, import, disable; codes and tokens for them."
)

Name = Annotated[str, typer.Argument(help="The agent's name or id.", show_default=False)]
Phones = Annotated[list[str], typer.Option("--phone", help="A phone that rings for them; may be repeated.")]


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What colleagues call them.", show_default=False)],
    *,
    phone: Phones = [],  # noqa: B006 - typer copies it
    email: Annotated[str | None, typer.Option(help="Their address in the provider's panel.")] = None,
    extension: Annotated[str | None, typer.Option(help="Their extension.")] = None,
    queue: Annotated[str | None, typer.Option(help="Their department, for your own order.")] = None,
) -> None:
    """Add an agent."""
    console = Console.of(ctx)
    new = {"phones": phone, "email": email, "extension": extension}
    added = console.run("agent.add", name=name, queue=queue, **new)
    console.show(
        added, f"{added['name']} is {added['id']}.", f'Next: cti-relay agent enrol "{added["name"]}"'
    )
    if not _can_be_called(new):
        mend = f'cti-relay agent phone "{added["name"]}" --phone +91…'
        typer.echo(f"{added['name']} {UNREACHABLE}. Give them a phone: {mend}", err=True)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """List everybody."""
    console = Console.of(ctx)
    columns = {
        "id": "ID",
        "name": "NAME",
        "phones": "PHONES",
        "email": "E-MAIL",
        "extension": "EXT",
        "queue": "QUEUE",
        "disabled": "DISABLED",
    }
    console.show_rows(
        console.run("agent.list"), columns, "There are no agents: cti-relay agent add NAME --phone +91…"
    )


@app.command()
def phone(ctx: typer.Context, name: Name, *, phone: Phones) -> None:
    """Give an agent further phones."""
    console = Console.of(ctx)
    agent = console.run("agent.phone", agent=name, phones=phone)
    console.show(agent, f"{agent['name']} has {', '.join(agent['phones'])}.")


@app.command()
def disable(ctx: typer.Context, name: Name) -> None:
    """Take an agent out: no more calls, all tokens revoked, connections closed. What was recorded stays."""
    console = Console.of(ctx)
    agent = console.run("agent.disable", agent=name)
    console.show(agent, f"{agent['name']} is disabled; {len(agent['revoked'])} tokens revoked.")


@app.command()
def enable(ctx: typer.Context, name: Name) -> None:
    """Take a disabled agent back. They must enrol again."""
    console = Console.of(ctx)
    agent = console.run("agent.enable", agent=name)
    console.show(agent, f'{agent["name"]} is back. Next: cti-relay agent enrol "{agent["name"]}"')


@app.command()
def enrol(ctx: typer.Context, name: Name) -> None:
    """Make a code that signs one desktop in, once, within ten minutes."""
    console = Console.of(ctx)
    code = console.run("agent.enrol", agent=name)
    relay_url = console.config().server.public_url
    console.show(
        code,
        f"Code: {code['code']}",
        f"Good for one device until {when(code['expires_at'])}. CTI Desktop asks for it at its first start,",
        f"and for the relay's address: {relay_url or NO_URL}",
    )


@app.command()
def codes(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Names or ids; nobody: all who never signed in.")
    ] = None,
    *,
    hours: Annotated[int, typer.Option(help="How long they are good, at most 72.")] = 24,
    csv: Annotated[Path | None, typer.Option(help="Write them into this CSV file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write a PDF with QR codes, to be cut up.")] = None,
) -> None:
    """Make codes for many agents at once, as a list, a CSV file or a sheet of QR codes."""
    console = Console.of(ctx)
    relay_url = console.config().server.public_url or ""
    if (csv or sheet) and not relay_url:
        raise Refused("desktops must be told where to sign in: set [server] public_url in relay.toml first")
    handouts.require_new(csv, sheet)
    issued = console.run("agent.codes", agents=names or [], hours=hours)
    if csv:
        handouts.write_private(csv, handouts.csv_text(issued, relay_url).encode("utf-8-sig"))
    if sheet:
        until = when(issued[0]["expires_at"]) if issued else ""
        handouts.write_private(sheet, pdf(issued, relay_url, until))
    columns = {"name": "NAME", "code": "CODE", "expires_at": "GOOD UNTIL"}
    console.show_rows(issued, columns, "Everybody has signed in already; name those who need another code.")


@app.command()
def token(
    ctx: typer.Context,
    name: Name,
    *,
    device: Annotated[str, typer.Option(help="What to call the device; its earlier token ends.")],
) -> None:
    """Make a token without a code, for scripted roll-outs. It is shown only now."""
    console = Console.of(ctx)
    issued = console.run("agent.token", agent=name, device=device)
    console.show(issued, issued["token"], f"It is {issued['id']}, and is not shown again.")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file with a line of headings.", show_default=False)],
) -> None:
    """Add many agents from a CSV file.

    Columns, in any order: name, phone (several with ; or |), email, extension, queue, provider_id.
    Good rows are added, bad ones are listed with their line: mend these and import them alone.
    """
    console = Console.of(ctx)
    roll = read_roll(file)
    added, refused = _sent(console, roll)
    result = {"added": added, "refused": sorted(refused, key=lambda row: int(row["line"]))}
    console.show(result, f"{len(added)} added, {len(refused)} refused.")
    for row in result["refused"]:
        typer.echo(f"{file}:{row['line']}: {row['name'] or '(no name)'}: {row['error']}", err=True)
    mute = {row["line"] for row in roll.rows if not _can_be_called(row)}
    for row in added:
        if row["line"] in mute:
            typer.echo(f"{file}:{row['line']}: {row['name']} is added, but {UNREACHABLE}", err=True)
    if refused:
        raise typer.Exit(1)


def _can_be_called(agent: Mapping[str, Any]) -> bool:
    """Whether a call finds this agent by anything. None may be known yet: it is no reason to refuse them."""
    ways = [*agent["phones"], *(agent.get(key) for key in ("email", "extension", "provider_id"))]
    return any(way and way.strip() for way in ways)


def _sent(console: Console, roll: Roll) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    added: list[dict[str, Any]] = []
    refused = list(roll.refused)
    for first in range(0, len(roll.rows), BATCH):
        answer = console.run("agent.import", rows=roll.rows[first : first + BATCH])
        added += answer["added"]
        refused += answer["refused"]
    return added, refused
