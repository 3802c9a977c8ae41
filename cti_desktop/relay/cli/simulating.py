"""`cti-relay simulate`: posts scripted calls as MyOperator would, to try out a relay."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from cti_desktop.core.numbers import to_e164
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.config import DEFAULT_SOURCE
from cti_desktop.relay.refusal import Refused
from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import Receipt
from cti_desktop.simulator.run import run
from cti_desktop.simulator.scenarios import AGENTS, SCENARIOS

_FIRST: Final = "incoming_answered"


def simulate(  # noqa: PLR0913 - one for each option of the command
    ctx: typer.Context,
    *,
    scenario: Annotated[str, typer.Option(help="Which script to play: see --list.")] = _FIRST,
    url: Annotated[str, typer.Option(help="The relay, or the address of its webhook.")] = "",
    token: Annotated[str, typer.Option(help="The webhook's secret.", envvar="CTI_WEBHOOK_SECRET")] = "",
    seed: Annotated[int, typer.Option(help="The same seed makes the same calls.")] = 0,
    speed: Annotated[float, typer.Option(help="So many times as fast as life; 0: without waiting.")] = 1.0,
    agent_phone: Annotated[list[str], typer.Option(help="Whom to ring; may be repeated.")] = [],  # noqa: B006
    list_: Annotated[bool, typer.Option("--list", help="List the scripts, and play none.")] = False,
) -> None:
    """Post scripted calls as MyOperator would."""
    console = Console.of(ctx)
    if list_:
        rows = [
            {"scenario": name, "about": (script.__doc__ or "").strip()} for name, script in SCENARIOS.items()
        ]
        console.show_rows(rows, {"scenario": "SCENARIO", "about": "WHAT HAPPENS"}, "")
        return
    if scenario not in SCENARIOS:
        raise Refused(f"there is no scenario {scenario!r}: cti-relay simulate --list")
    if not url or not token:
        raise typer.BadParameter("--url and --token are needed")

    def tell(posted: Posted, receipt: Receipt) -> None:
        if not console.as_json:
            typer.echo(f"{posted.kind:20} {posted.call_id}  {_said(receipt)}")

    summary = asyncio.run(
        run(scenario, _hook(url), token, _agents(agent_phone), speed=speed, seed=seed, on_posted=tell)
    )
    result = {"posted": summary.posted, "accepted": dict(summary.accepted), "failed": len(summary.failed)}
    console.show(result, f"{summary.posted} posted, {len(summary.failed)} failed.")
    if summary.failed:
        _, receipt = summary.failed[0]
        where = "" if receipt.status else f" at {_hook(url)}. Does a relay run there?"
        raise Refused(f"the relay did not take all of them: {_said(receipt)}{where}")


def _said(receipt: Receipt) -> str:
    """`200 stored`; without an answer, that alone."""
    return " ".join(str(part) for part in (receipt.status, receipt.said) if part)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(simulate)


def _hook(url: str) -> str:
    """The webhook's address: a bare relay has the usual one."""
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/hooks/{DEFAULT_SOURCE}"


def _agents(phones: list[str]) -> tuple[SimAgent, ...]:
    agents = [SimAgent(f"Agent {i}", to_e164(phone) or "") for i, phone in enumerate(phones, 1)]
    for phone, agent in zip(phones, agents, strict=True):
        if not agent.phone:
            raise Refused(f"{phone!r} is no phone number that can be called")
    return tuple(agents) or AGENTS
