"""Realistic calls as the reports that tell them, in the manner of either generation of webhooks, in order.

A `Course` says what happens in a call; `told` says how a provider reports it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any

from hypothesis import strategies as st

from cti_desktop.core.call import Call
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import (
    CallReport,
    CallStatus,
    Direction,
    LegReport,
    PanelDisposition,
    RingSet,
    Unanswered,
)
from cti_desktop.core.timeline import Directory
from tests.helpers.calls import after

CALL_ID = "call-1"
CALLER_NUMBER = "+919999900001"
NAMES = ("Asha Verma", "Ravi Nair", "Meera Iyer")
PHONES = tuple(f"+91999991110{n}" for n in (1, 2, 3))
WAVE_SECONDS = 20
DISPOSITION = PanelDisposition("Interested", "wants a demo on Friday", "Ravi Nair")


@dataclass(frozen=True)
class Course:
    """What happens: `waves` of agents ring one after another; in the last, the last to ring may answer.

    `ending` is `answered`, `unnamed` (answered, but the live report doesn't say by whom), `missed`, `busy` or
    `voicemail`. `shy`: agents are named only by the summary. `over`: the end is told.
    """

    v1: bool = False
    waves: tuple[tuple[int, ...], ...] = ((0,),)
    ending: str = "answered"
    transfer_to: int | None = None
    outgoing: bool = False
    shy: bool = False
    disposed: bool = False
    over: bool = True


courses = st.builds(
    Course,
    v1=st.booleans(),
    waves=st.lists(st.sampled_from([(0,), (1,), (2,), (0, 1), (0, 1, 2)]), min_size=1, max_size=3).map(tuple),
    ending=st.sampled_from(["answered", "unnamed", "missed", "busy", "voicemail"]),
    transfer_to=st.sampled_from([None, 0, 1, 2]),
    outgoing=st.booleans(),
    shy=st.booleans(),
    disposed=st.booleans(),
    over=st.booleans(),
)
# The order of deliveries follows from a number: drawing a permutation costs more than all the rest.
orders = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Part:
    """One ringing of one agent: whole seconds after noon."""

    agent: int
    rang: int
    silent: int
    answered: int | None = None
    unanswered: Unanswered | None = None


def parts(course: Course) -> list[Part]:
    """Everybody's parts, in the order of ringing."""
    found: list[Part] = []
    for place, wave in enumerate(course.waves):
        taken = is_answered(course) and place == len(course.waves) - 1
        rang = place * WAVE_SECONDS
        silent = rang + len(wave) + 4 if taken else rang + WAVE_SECONDS
        missed = Unanswered.CANCELLED if taken else Unanswered.NO_ANSWER
        found += [Part(agent, rang + n, silent, None, missed) for n, agent in enumerate(wave)]
    found[-1] = ended_as(found[-1], course)
    if is_answered(course) and course.transfer_to is not None:
        rang = found[-1].rang + 25
        found.append(Part(course.transfer_to, rang, rang + 30, rang + 5))
    return found


def ended_as(part: Part, course: Course) -> Part:
    """The last part of the hunt, as the course ends it."""
    if is_answered(course):
        return replace(part, silent=part.rang + 35, answered=part.rang + 5, unanswered=None)
    return replace(part, unanswered=Unanswered.BUSY) if course.ending == "busy" else part


def is_answered(course: Course) -> bool:
    """Whether an agent picks up."""
    return course.ending in {"answered", "unnamed"}


def told(course: Course) -> list[CallReport]:
    """The reports of a course, in order."""
    return list(told_by_v1(course) if course.v1 else told_by_v2(course))


def shuffled(reports: Sequence[CallReport], order: int) -> list[CallReport]:
    """All of `reports`, up to half of them twice, in an order that follows from a number."""
    random = Random(order)
    again = random.sample(reports, random.randint(0, len(reports) // 2))
    deliveries = [*reports, *again]
    random.shuffle(deliveries)
    return deliveries


def joined(reports: Iterable[CallReport]) -> Call:
    """The call that reports add up to."""
    call = Call(CALL_ID)
    for report in reports:
        call = call.joined(report)
    return call


# --- the second generation: every event repeats all legs so far ---------------------------------------------


def told_by_v2(course: Course) -> Iterator[CallReport]:
    """Initiated, a dial per ringing, answers, end, summary."""
    happenings = parts(course)
    moments = sorted(
        {p.rang for p in happenings} | {p.answered for p in happenings if p.answered is not None}
    )
    order = 1
    yield event(course, order, ())
    for moment in moments:
        order += 1
        legs = tuple(leg(course, n, p, moment) for n, p in enumerate(happenings) if p.rang <= moment)
        yield event(course, order, legs, moment)
    if not course.over:
        return
    end = max(p.silent for p in happenings)
    for named in (False, True):
        order += 1
        legs = tuple(leg(course, n, p, end, named=named) for n, p in enumerate(happenings))
        yield replace(event(course, order, legs, end), **outcome(course, end))
    if course.disposed:
        yield replace(event(course, 1000, ()), dispositions=(DISPOSITION,), **outcome(course, end))


def event(course: Course, order: int, legs: tuple[LegReport, ...], moment: int = 0) -> CallReport:
    """One event's claims. An answer that names nobody claims just that."""
    unnamed = course.ending == "unnamed" and any(leg.answered for leg in legs)
    return CallReport(
        CALL_ID,
        order,
        at=after(moment),
        direction=Direction.OUTGOING if course.outgoing else Direction.INCOMING,
        caller_number=CALLER_NUMBER,
        started_at=after(0),
        legs=tuple(replace(leg, answered=False, answered_at=None) for leg in legs) if unnamed else legs,
        answered_by_someone_at=after(moment) if unnamed else None,
        customer_answered=any(leg.answered for leg in legs) if course.outgoing else None,
    )


def leg(course: Course, place: int, part: Part, moment: int, *, named: bool = False) -> LegReport:
    """A part, as far as it went by `moment`."""
    over = part.silent <= moment
    answered = part.answered is not None and part.answered <= moment
    return LegReport(
        key=str(place + 2),
        agent=ref(part.agent, phone=not course.shy or named, name=named),
        queue="Sales" if named else None,
        rang_at=after(part.rang),
        answered=answered,
        answered_at=after(part.answered) if answered and part.answered is not None else None,
        unanswered=part.unanswered if over else None,
        ended_at=after(part.silent) if over else None,
        talk_seconds=part.silent - part.answered if over and part.answered is not None else None,
    )


# --- the first generation: sets of ringing phones, then a log -----------------------------------------------


def told_by_v1(course: Course) -> Iterator[CallReport]:
    """Incalls, then the log, perhaps again with the disposition."""
    happenings = parts(course)
    for moment in sorted({p.rang for p in happenings}):
        yield ringing(moment, [p.agent for p in happenings if p.rang <= moment < p.silent])
    for part in happenings:
        if part.answered is not None:
            yield answer(course, part.agent, after(part.answered))
    if course.over:
        end = max(p.silent for p in happenings)
        legs = tuple(replace(leg(course, n, p, end), key=PHONES[p.agent]) for n, p in enumerate(happenings))
        named = tuple(
            replace(one, agent=ref(p.agent, name=True)) for one, p in zip(legs, happenings, strict=True)
        )
        log = replace(
            event(replace(course, ending=""), 30, named, end), by_phone=True, **outcome(course, end)
        )
        yield log
        if course.disposed:
            yield replace(log, dispositions=(DISPOSITION,))


def ringing(moment: int, agents: list[int]) -> CallReport:
    """These phones ring now."""
    phones = frozenset(PHONES[agent] for agent in agents)
    legs = tuple(LegReport(PHONES[a], ref(a), rang_at=after(moment)) for a in agents)
    return CallReport(
        CALL_ID,
        10,
        caller_number=CALLER_NUMBER,
        legs=legs,
        ringing=RingSet(after(moment), phones),
        by_phone=True,
    )


def answer(course: Course, agent: int, at: datetime) -> CallReport:
    """Somebody answers, named or not."""
    report = CallReport(CALL_ID, 20, caller_number=CALLER_NUMBER, by_phone=True)
    if course.ending == "unnamed":
        return replace(report, answered_by_someone_at=at)
    phone = PHONES[agent]
    return replace(report, legs=(LegReport(phone, ref(agent), answered=True, answered_at=at),))


def outcome(course: Course, end: int) -> dict[str, Any]:
    """What only the last reports say, as fields of CallReport."""
    status = CallStatus.VOICEMAIL if course.ending == "voicemail" else CallStatus.MISSED
    answered = is_answered(course)
    return {
        "over": True,
        "ended_at": after(end),
        "status": CallStatus.BRIDGED if answered else status,
        "recording": "talk.mp3" if answered else None,
    }


# --- people -------------------------------------------------------------------------------------------------


def ref(agent: int, *, phone: bool = True, name: bool = False) -> AgentRef:
    """What a provider says of an agent."""
    return AgentRef(phone=PHONES[agent] if phone else None, name=NAMES[agent] if name else None)


class Roster(Directory):
    """Knows the agents by phone, and the one customer."""

    def agent(self, ref: AgentRef) -> Person | None:
        """The agent with that phone, or id."""
        if ref.id:
            return Person(ref.id, NAMES[int(ref.id[1:]) - 1])
        return (
            Person(f"a{PHONES.index(ref.phone) + 1}", NAMES[PHONES.index(ref.phone)]) if ref.phone else None
        )

    def caller(self, number: str | None, region: str | None) -> Caller:
        """The one customer."""
        return Caller(number, region, Contact("c1", "Asha Traders") if number == CALLER_NUMBER else None)

    def did_label(self, did: str | None) -> str | None:
        """No number has a name."""
        return None
