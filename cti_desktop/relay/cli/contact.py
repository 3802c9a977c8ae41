"""`cti-relay contact …`: the directory, one entry at a time. Files of many: `contact_files`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.cli.contact_files import export, import_
from cti_desktop.relay.refusal import Refused

app = typer.Typer(no_args_is_help=True, help="The directory: who calls from which number.")
app.command("import")(import_)
app.command()(export)

Id = Annotated[str, typer.Argument(help="The contact's id.", show_default=False)]


@app.command()
def add(  # noqa: PLR0913 - one option per field
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(show_default=False)],
    *,
    phone: Annotated[list[str], typer.Option("--phone", help="A number they call from; may be repeated.")],
    company: Annotated[str | None, typer.Option(help="Where they belong to.")] = None,
    owner: Annotated[str | None, typer.Option(help="The agent to whom the customer belongs.")] = None,
    vip: Annotated[bool, typer.Option("--vip", help="Marked on the card.")] = False,
    tag: Annotated[list[str], typer.Option("--tag", help="May be repeated.")] = [],  # noqa: B006 - typer copies
    notes: Annotated[str, typer.Option(help="Shown on the card.")] = "",
    link: Annotated[str | None, typer.Option(help="Their https:// address in your CRM.")] = None,
    field: Annotated[list[str], typer.Option("--field", help="NAME=TEXT; may be repeated.")] = [],  # noqa: B006
) -> None:
    """Add a directory entry."""
    console = Console.of(ctx)
    more: dict[str, Any] = {"owner": owner, "vip": vip, "tags": tag, "notes": notes, "link": link}
    fields = dict(_named(text) for text in field)
    found = console.run("contact.add", name=name, phones=phone, company=company, fields=fields, **more)
    console.show(found, f"{found['name']} is {found['id']}.")


@app.command("list")
def list_(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="How the name begins, a number, or an id.")] = "",
    *,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=10_000)] = 100,
) -> None:
    """List the directory, by name."""
    console = Console.of(ctx)
    columns = {"id": "ID", "name": "NAME", "company": "COMPANY", "phones": "PHONES", "owner": "OWNER"}
    rows = console.run("contact.list", text=text, limit=limit)
    console.show_rows(rows, columns, "Nobody is found." if text else "The directory is empty.")
    if len(rows) == limit and not console.as_json:
        typer.echo(f"These are the first {limit}: name one, or see --limit.", err=True)


@app.command()
def remove(ctx: typer.Context, contact: Id) -> None:
    """Take an entry out."""
    console = Console.of(ctx)
    gone = console.run("contact.remove", id=contact)
    console.show(gone, f"{contact} is gone.")


@app.command()
def choose(ctx: typer.Context, number: str, contact: Id) -> None:
    """Say which of several contacts is meant when a number calls."""
    console = Console.of(ctx)
    chosen = console.run("contact.choose", number=number, id=contact)
    console.show(chosen, f"{chosen['number']} is {chosen['id']} from now on.")


@app.command()
def duplicates(ctx: typer.Context) -> None:
    """List contacts that share a number: proposals to merge."""
    console = Console.of(ctx)
    found = console.run("contact.duplicates")
    lines = [
        f"{p['number']}: " + between.join("{name} ({id})".format(**c) for c in p["contacts"])
        for p in found
        for between in (" = " if p["alike"] else ", ",)
    ]
    console.show(found, *(lines or ["No number has several contacts."]))
    if found and not console.as_json:
        typer.echo(
            "Same customer? cti-relay contact merge KEEP OTHER. Not the same? contact part ONE OTHER",
            err=True,
        )


@app.command()
def merge(ctx: typer.Context, keep: Id, other: Id) -> None:
    """Make two entries one: KEEP stays, and takes what it lacks from OTHER."""
    console = Console.of(ctx)
    merged = console.run("contact.merge", keep=keep, other=other)
    undo = f"To take it back: cti-relay contact unmerge {merged['merge']}"
    console.show(merged, f"{merged['name']} is {merged['id']}.", undo)


@app.command()
def unmerge(
    ctx: typer.Context,
    merge: Annotated[str, typer.Argument(help="As `merge` or the audit named it.", show_default=False)],
) -> None:
    """Make two entries again of what was merged."""
    console = Console.of(ctx)
    again = console.run("contact.unmerge", merge=merge)
    console.show(again, f"{again['id']} and {again['other']} are two again.")


@app.command()
def part(ctx: typer.Context, one: Id, other: Id) -> None:
    """Say that two entries of one number are not the same customer: nobody is asked again."""
    console = Console.of(ctx)
    console.show(console.run("contact.part", one=one, other=other), f"{one} and {other} stay two.")


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise Refused(f"--field {text!r} is not NAME=TEXT")
    return name.strip(), value.strip()
