"""Plays a scenario against a receiver: paced by the script's clock, each call in its own order."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf

from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import BodyForm, CredentialKind, Credentials, Pause, Poster, Receipt
from cti_desktop.simulator.scenarios import AGENTS, SCENARIOS, Stage

OnPosted = Callable[[Posted, Receipt], None]


@dataclass(slots=True)
class Summary:
    """How a run went: accepted posts by what was said of them (`stored`, `duplicate`…), and failed ones."""

    accepted: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[Posted, Receipt]] = field(default_factory=list)

    @property
    def posted(self) -> int:
        """How many webhooks there were."""
        return self.accepted.total() + len(self.failed)

    def add(self, posted: Posted, receipt: Receipt) -> None:
        """Count one."""
        if receipt.accepted:
            self.accepted[receipt.said] += 1
        else:
            self.failed.append((posted, receipt))


async def run(  # noqa: PLR0913 - one keyword for each option of the command
    scenario: str,
    url: str,
    token: str,
    agents: Sequence[SimAgent] = AGENTS,
    *,
    speed: float = 1.0,
    seed: int = 0,
    calls_per_agent: int = 10,
    credential: CredentialKind = CredentialKind.HEADER,
    form: BodyForm = BodyForm.BARE,
    start: datetime | None = None,
    on_posted: OnPosted | None = None,
    pause: Pause = asyncio.sleep,
) -> Summary:
    """Post all of `SCENARIOS[scenario]` (KeyError for others), `speed` times as fast as life.

    Speed 0 or inf: without waiting. `start` is the script's clock at its beginning, by default now.
    """
    stage = Stage(agents, start or datetime.now(UTC), seed, calls_per_agent)
    script = SCENARIOS[scenario](stage)
    async with Poster(url, Credentials(token, credential), form=form, pause=pause) as poster:
        return await play(script, poster, stage.start, speed=speed, on_posted=on_posted, pause=pause)


async def play(
    script: Iterable[Posted],
    poster: Poster,
    start: datetime,
    *,
    speed: float = 1.0,
    on_posted: OnPosted | None = None,
    pause: Pause = asyncio.sleep,
) -> Summary:
    """Post `script` at its times. A call whose posts are held up delays no other call."""
    summary = Summary()
    pace = inf if speed <= 0 else speed
    clock = asyncio.get_running_loop().time
    began = clock()

    async def act_out(call: list[Posted]) -> None:
        for posted in call:
            due = began + (posted.at - start).total_seconds() / pace
            if due > clock():
                await pause(due - clock())
            receipt = await poster.post(posted)
            summary.add(posted, receipt)
            if on_posted is not None:
                on_posted(posted, receipt)

    async with asyncio.TaskGroup() as calls:
        for call_id, call in _by_call(script).items():
            calls.create_task(act_out(call), name=f"simulated call {call_id}")
    return summary


def _by_call(script: Iterable[Posted]) -> dict[str, list[Posted]]:
    calls: dict[str, list[Posted]] = {}
    for posted in script:
        calls.setdefault(posted.call_id, []).append(posted)
    return calls
