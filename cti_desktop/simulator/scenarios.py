"""Named scripts: who rings when, who answers, how it ends. Repeatable by seed; times start at the stage's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from cti_desktop.simulator.calls import Generation, SimulatedCall
from cti_desktop.simulator.facts import Posted, SimAgent

ASHA: Final = SimAgent("Asha Verma", "+919999911101", "asha@example.in", "10", "5cd40f6556f2f124")
RAVI: Final = SimAgent("Ravi Nair", "+919999911102", "ravi@example.in", "11", "5cd40f6556f2f125")
AGENTS: Final = (ASHA, RAVI)

_LOCATIONS: Final = ("DL, IN", "MH, IN", "KA, IN", "TN, IN", "WB, IN", "GJ, IN")
_QUEUES: Final = ("Sales", "Support", "Service")
# How many of a busy day's calls are so; of voicemails, among those that nobody answers.
_WITHHELD: Final = 0.05
_OUTGOING: Final = 0.2
_ANSWERED: Final = 0.8
_VOICEMAIL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Stage:
    """What a script plays on. A script for more agents than there are gives the last one several parts."""

    agents: Sequence[SimAgent]
    start: datetime
    seed: int = 0
    calls_per_agent: int = 10

    def at(self, seconds: float) -> datetime:
        """So many seconds after the start."""
        return self.start + timedelta(seconds=seconds)

    def agent(self, place: int) -> SimAgent:
        """The agent at `place`."""
        return self.agents[min(place, len(self.agents) - 1)]

    def call(self, generation: Generation = "v2", *, client_ref_id: str = "") -> SimulatedCall:
        """A call from (or to) a customer whose number follows from the seed."""
        caller = f"+9199999{Random(self.seed).randrange(10**5):05}"
        return SimulatedCall(generation, caller=caller, seed=self.seed, client_ref_id=client_ref_id)


Script = Callable[[Stage], list[Posted]]


def incoming_answered(stage: Stage) -> list[Posted]:
    """The first agent answers and talks."""
    call, agent = stage.call(), stage.agent(0)
    return [
        *call.begin(stage.at(0)),
        *call.ring(agent, stage.at(2)),
        *call.answer(agent, stage.at(8)),
        *call.hang_up(stage.at(68)),
        *call.summary(stage.at(71)),
    ]


def hunt_group(stage: Stage) -> list[Posted]:
    """The first agent doesn't answer, the second does."""
    call, first, second = stage.call(), stage.agent(0), stage.agent(1)
    return [
        *call.begin(stage.at(0)),
        *call.ring(first, stage.at(3)),
        *call.stop_ringing(first, stage.at(25)),
        *call.ring(second, stage.at(25)),
        *call.answer(second, stage.at(31)),
        *call.hang_up(stage.at(141)),
        *call.summary(stage.at(144)),
    ]


def answered_elsewhere(stage: Stage) -> list[Posted]:
    """All agents ring at once; the second is quicker."""
    call = stage.call()
    return [
        *call.begin(stage.at(0)),
        *call.ring(stage.agents, stage.at(2)),
        *call.answer(stage.agent(1), stage.at(7)),
        *call.hang_up(stage.at(60)),
        *call.summary(stage.at(63)),
    ]


def missed(stage: Stage) -> list[Posted]:
    """The customer gives up."""
    call = stage.call()
    return [
        *call.begin(stage.at(0)),
        *call.ring(stage.agent(0), stage.at(3)),
        *call.hang_up(stage.at(28)),
        *call.summary(stage.at(31)),
    ]


def voicemail(stage: Stage) -> list[Posted]:
    """Nobody answers; the customer leaves a message."""
    call = stage.call()
    return [
        *call.begin(stage.at(0)),
        *call.ring(stage.agent(0), stage.at(2)),
        *call.voicemail(stage.at(22)),
        *call.hang_up(stage.at(50)),
        *call.summary(stage.at(53)),
    ]


def outgoing(stage: Stage) -> list[Posted]:
    """Click-to-call: the agent's phone first, then the customer's."""
    call, agent = stage.call(client_ref_id="crm-lead-4711"), stage.agent(0)
    return [
        *call.begin(stage.at(0)),
        *call.ring(agent, stage.at(1)),
        *call.answer(agent, stage.at(5)),
        *call.customer_answers(stage.at(15)),
        *call.hang_up(stage.at(60)),
        *call.summary(stage.at(63)),
    ]


def transfer(stage: Stage) -> list[Posted]:
    """The first agent talks, then hands the call to the second."""
    call, first, second = stage.call(), stage.agent(0), stage.agent(1)
    return [
        *call.begin(stage.at(0)),
        *call.ring(first, stage.at(2)),
        *call.answer(first, stage.at(6)),
        *call.ring(second, stage.at(40)),
        *call.answer(second, stage.at(46)),
        *call.leave(first, stage.at(50)),
        *call.hang_up(stage.at(120)),
        *call.summary(stage.at(123)),
    ]


def v1_incoming(stage: Stage) -> list[Posted]:
    """The first generation: all agents ring, the second answers, the log follows."""
    call = stage.call("v1")
    return [
        *call.ring(stage.agents, stage.at(0)),
        *call.answer(stage.agent(1), stage.at(12)),
        *call.hang_up(stage.at(105)),
    ]


def v1_missed(stage: Stage) -> list[Posted]:
    """The first generation: nobody answers."""
    call = stage.call("v1")
    return [*call.ring(stage.agent(0), stage.at(0)), *call.hang_up(stage.at(25))]


def disposition_in_panel(stage: Stage) -> list[Posted]:
    """A conversation whose outcome is recorded in MyOperator's panel instead of on the desktop."""
    call, agent = stage.call(), stage.agent(0)
    return [
        *call.begin(stage.at(0)),
        *call.ring(agent, stage.at(2)),
        *call.answer(agent, stage.at(6)),
        *call.hang_up(stage.at(40)),
        *call.summary(stage.at(43)),
        *call.disposition("Interested", "wants a demo on Friday", agent, stage.at(80)),
    ]


def whatsapp(stage: Stage) -> list[Posted]:
    """A message, which must pop nothing."""
    return stage.call().message("hello", stage.at(0))


def busy_day(stage: Stage) -> list[Posted]:
    """A whole day: every agent has calls of all sorts, one after another; in the order of time."""
    posted: list[Posted] = []
    for place, agent in enumerate(stage.agents):
        random = Random(f"{stage.seed}/{place}")
        free_at = stage.at(random.uniform(0, 20))
        for number in range(stage.calls_per_agent):
            call = _some_call(random, seed=stage.seed * 1_000_000 + place * 1_000 + number)
            posted += _some_course(call, agent, free_at, random)
            free_at = posted[-1].at + timedelta(seconds=random.uniform(5, 60))
    return sorted(posted, key=lambda p: p.at)


def _some_call(random: Random, seed: int) -> SimulatedCall:
    return SimulatedCall(
        random.choice(("v1", "v2", "v2", "v2")),
        caller=None if random.random() < _WITHHELD else f"+9199999{random.randrange(10**5):05}",
        seed=seed,
        queue=random.choice(_QUEUES),
        location=random.choice(_LOCATIONS),
        client_ref_id=f"crm-lead-{seed}" if random.random() < _OUTGOING else "",
    )


def _some_course(call: SimulatedCall, agent: SimAgent, start: datetime, random: Random) -> list[Posted]:
    """One of a day's calls, from its first ring."""
    picked_up = start + timedelta(seconds=random.uniform(3, 25))
    talking = picked_up + timedelta(seconds=random.uniform(4, 15))
    end = talking + timedelta(seconds=random.expovariate(1 / 90))
    posted = call.ring(agent, start)
    if random.random() < _ANSWERED:
        posted += call.answer(agent, picked_up)
        posted += call.customer_answers(talking) if call.facts.outgoing else []
    elif random.random() < _VOICEMAIL:
        posted += call.voicemail(picked_up)
    return posted + call.hang_up(end) + call.summary(end + timedelta(seconds=3))


SCENARIOS: Final[Mapping[str, Script]] = {
    script.__name__: script
    for script in (
        incoming_answered,
        hunt_group,
        answered_elsewhere,
        missed,
        voicemail,
        outgoing,
        transfer,
        v1_incoming,
        v1_missed,
        disposition_in_panel,
        whatsapp,
        busy_day,
    )
}
