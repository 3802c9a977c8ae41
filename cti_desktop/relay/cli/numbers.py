"""`cti-relay contact …` and `cti-relay did …`: names for the numbers of others and for our own."""

from __future__ import annotations

from typing import Annotated

import typer

from cti_desktop.relay.cli.console import Console

contacts = typer.Typer(no_args_is_help=True, help="The directory: who calls from which number.")
dids = typer.Typer(no_args_is_help=True, help="Our own numbers: what agents read when one is dialled.")


@contacts.command("add")
def add_contact(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(show_default=False)],
    *,
    phone: Annotated[list[str], typer.Option("--phone", help="A number they call from; may be repeated.")],
    company: Annotated[str | None, typer.Option(help="Where they belong to.")] = None,
) -> None:
    """Add a directory entry."""
    console = Console.of(ctx)
    contact = console.run("contact.add", name=name, phones=phone, company=company)
    console.show(contact, f"{contact['name']} is {contact['id']}.")


@contacts.command("list")
def list_contacts(ctx: typer.Context) -> None:
    """List the directory."""
    console = Console.of(ctx)
    columns = {"id": "ID", "name": "NAME", "company": "COMPANY", "phones": "PHONES"}
    console.show_rows(console.run("contact.list"), columns, "The directory is empty.")


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
