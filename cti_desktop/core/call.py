"""A call as everything reported of it, and what that means for each leg. Joining needs no order.

`Call.joined(report)` is a join in a semilattice: each field has a rule (earliest, latest, either, greater)
that doesn't care about order or repetition, so shuffled and duplicated deliveries end in the same call.
What a leg's agent should see (`phase`, `reason`) is derived from the joined facts. What follows from half of
them may not follow from all, so each leg also remembers how far it ever `reached`; that isn't a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cti_desktop.core.joins import earliest, greater, later_member, latest
from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.once import once
from cti_desktop.core.report import (
    CallReport,
    CallStatus,
    Direction,
    LegReport,
    PanelDisposition,
    RingSet,
    Unanswered,
)
from cti_desktop.core.rings import Runs, leg_reports, parted, runs_of
from cti_desktop.core.swift import swift


class EndReason(Enum):
    """Why an agent's part in a call is over."""

    HUNG_UP = "HUNG_UP"
    MISSED = "MISSED"
    REJECTED = "REJECTED"
    ANSWERED_ELSEWHERE = "ANSWERED_ELSEWHERE"
    VOICEMAIL = "VOICEMAIL"
    UNKNOWN = "UNKNOWN"


# `Enum.value` is a property, in Python.
_WORDS: Final = {direction: direction.value for direction in Direction}
_DIRECTIONS: Final = {word: direction for direction, word in _WORDS.items()}

# Providers round to seconds: a phone that went quiet within this of a colleague's answer rang until then.
_ROUNDING: Final = timedelta(seconds=1)


@swift
@dataclass(frozen=True, slots=True)
class Claim:
    """A text that reports may contradict: the one with the greatest order wins, then the greater text."""

    order: int
    text: str


@swift
@dataclass(frozen=True)
class Call:
    """One customer conversation: the join of all its reports. No slots: what all legs ask is cached."""

    id: str
    direction_claim: Claim | None = None
    caller_claim: Claim | None = None
    region_claim: Claim | None = None
    did_claim: Claim | None = None
    queue_claim: Claim | None = None
    recording_claim: Claim | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    status: CallStatus | None = None
    over: bool = False
    # Set by our own watch over calls whose end never came; a real end overrides it.
    given_up: bool = False
    ring_sets: tuple[RingSet, ...] = ()
    # Of legs that go by phones: which of a phone's rings they are about, the next delivery may tell.
    claims: frozenset[LegReport] = frozenset()
    answered_by_someone_at: datetime | None = None
    customer_answered: bool | None = None
    legs: tuple[Leg, ...] = ()
    dispositions: tuple[PanelDisposition, ...] = ()

    def joined(self, report: CallReport) -> Call:
        """This call with `report`'s claims added. Order and repetition of reports make no difference."""
        joined = Call(
            id=self.id,
            direction_claim=_claim(
                self.direction_claim, report, report.direction and _WORDS[report.direction]
            ),
            caller_claim=_claim(self.caller_claim, report, report.caller_number),
            region_claim=_claim(self.region_claim, report, report.region),
            did_claim=_claim(self.did_claim, report, report.did),
            queue_claim=_claim(self.queue_claim, report, report.queue),
            recording_claim=_claim(self.recording_claim, report, report.recording),
            started_at=earliest(self.started_at, report.started_at),
            ended_at=latest(self.ended_at, report.ended_at),
            status=later_member(self.status, report.status),
            over=self.over or report.over,
            given_up=self.given_up,
            ring_sets=_join_ring_sets(self.ring_sets, report),
            claims=self.claims.union(leg_reports(report)) if report.by_phone else self.claims,
            answered_by_someone_at=earliest(self.answered_by_someone_at, report.answered_by_someone_at),
            customer_answered=greater(self.customer_answered, report.customer_answered),
            legs=_join_legs(self.legs, report),
            dispositions=_join_dispositions(self.dispositions, report),
        )
        # Nobody has seen it yet, so it may change; a copy would cost as much again.
        if joined._runs:
            vars(joined)["legs"] = parted(joined.legs, joined.claims, joined._runs)
        vars(joined)["legs"] = tuple([leg.at(joined.phase(leg)) for leg in joined.legs])
        return joined

    def recognised(self, legs: tuple[Leg, ...]) -> Call:
        """This call with `legs`, which are its own but for whom the roster knows: how far they are stays."""
        known = object.__new__(Call)
        vars(known).update(vars(self), legs=legs)
        vars(known).pop("_answerers", None)
        return known

    @property
    def direction(self) -> Direction:
        """Incoming until a report says otherwise."""
        return _DIRECTIONS[self.direction_claim.text] if self.direction_claim else Direction.INCOMING

    @property
    def caller_number(self) -> str | None:
        """The customer's number, E.164; None when withheld."""
        return _text(self.caller_claim)

    @property
    def region(self) -> str | None:
        """Where the customer's number is at home, as the provider puts it."""
        return _text(self.region_claim)

    @property
    def did(self) -> str | None:
        """Our number that was dialled (or shown, for outgoing calls), E.164."""
        return _text(self.did_claim)

    @property
    def queue(self) -> str | None:
        """The provider's department, where it named one for the call or for any leg."""
        if self.queue_claim is not None:
            return self.queue_claim.text
        for leg in self.legs:
            if leg.queue:
                return leg.queue
        return None

    @property
    def recording(self) -> str | None:
        """The recording's file name."""
        return _text(self.recording_claim)

    def phase(self, leg: Leg) -> Phase:
        """How far `leg` has come, by all that is known now; never less than what followed from less."""
        if leg.key not in self._phases:
            here = Phase.CONNECTED if self.talked(leg) else Phase.RINGING
            self._phases[leg.key] = Phase.ENDED if self._is_over_for(leg) else max(leg.reached, here)
        return self._phases[leg.key]

    @once
    def _phases(self) -> dict[str, Phase]:
        """By leg; each delivery asks half a dozen times."""
        return {}

    def reason(self, leg: Leg) -> EndReason:
        """Why `leg` ended. Only meaningful once its phase is ENDED."""
        if self.talked(leg):
            return EndReason.HUNG_UP if self._ended_by_report(leg) else EndReason.UNKNOWN
        if leg.unanswered is Unanswered.BUSY:
            return EndReason.REJECTED
        if self._taken_from(leg):
            return EndReason.ANSWERED_ELSEWHERE
        if self.status is CallStatus.VOICEMAIL:
            return EndReason.VOICEMAIL
        return EndReason.MISSED if self._ended_by_report(leg) else EndReason.UNKNOWN

    def answerer(self, leg: Leg) -> Leg | None:
        """The other leg that took the call, if one did: the first to answer."""
        return next((other for other in self._answerers if other.key != leg.key), None)

    @once
    def _answerers(self) -> tuple[Leg, ...]:
        """The first two legs to answer: whoever asks for another than itself needs no third."""
        picked_up = [leg for leg in self.legs if self._picked_up(leg)]
        return tuple(sorted(picked_up, key=Leg.answer_order)[:2]) if picked_up else ()

    def _picked_up(self, leg: Leg) -> bool:
        return leg.answered or (self.answered_by_someone_at is not None and self._sole_candidate == leg.key)

    @once
    def _sole_candidate(self) -> str | None:
        """The only leg that can be meant by an answer that names nobody."""
        moment = self.answered_by_someone_at
        keys = [leg.key for leg in self.legs if leg.unanswered is None and self._rang_at(leg, moment)]
        return keys[0] if len(keys) == 1 and not any(leg.answered for leg in self.legs) else None

    def talked(self, leg: Leg) -> bool:
        """Whether the agent of `leg` and the customer talked."""
        if not self._picked_up(leg):
            return False
        # Outgoing: the agent's phone is picked up first, the conversation begins with the customer's answer.
        reached = self.customer_answered is not False or self.status is CallStatus.BRIDGED
        return self.direction is Direction.INCOMING or reached

    def _ended_by_report(self, leg: Leg) -> bool:
        stopped = leg.unanswered is not None or self._fell_silent(leg)
        return self.over or leg.ended_at is not None or (stopped and not self._picked_up(leg))

    def _is_over_for(self, leg: Leg) -> bool:
        taken = not self._picked_up(leg) and self._taken_from(leg)
        return self.given_up or taken or self._ended_by_report(leg)

    def _fell_silent(self, leg: Leg) -> bool:
        """Whether `leg` is missing from the latest ring set, having been in an earlier one."""
        held = self._ring_sets_with(leg) if self.ring_sets else []
        return bool(held) and held[-1].at < self.ring_sets[-1].at

    def _taken_from(self, leg: Leg) -> bool:
        """Whether a colleague answered while `leg` rang."""
        taker = self.answerer(leg)
        return taker is not None and self._rang_at(leg, taker.answered_at or self.answered_by_someone_at)

    def _rang_at(self, leg: Leg, moment: datetime | None) -> bool:
        """Whether `leg` still rang when somebody picked up, at `moment` (None: at a time not told)."""
        held = self._ring_sets_with(leg)
        if held:  # a ring set is better evidence than rounded times
            latest = max((s.at for s in self.ring_sets if moment is None or s.at <= moment), default=None)
            return any(s.at == latest for s in held)
        if leg.unanswered is Unanswered.CANCELLED or moment is None:
            return True
        if leg.rang_at is not None and leg.rang_at > moment:  # rung later: the call is being passed on
            return False
        return leg.ended_at is None or leg.ended_at >= moment - _ROUNDING

    def _ring_sets_with(self, leg: Leg) -> Sequence[RingSet]:
        run = self._runs.get(leg.key)
        return [s for s in self.ring_sets if leg.key in s.phones] if run is None else run

    @once
    def _runs(self) -> Runs:
        """Of legs whose phone rang anew."""
        return runs_of(self.claims, self.ring_sets)


def _join_legs(legs: tuple[Leg, ...], report: CallReport) -> tuple[Leg, ...]:
    joined = {leg.key: leg for leg in legs}
    for claim in leg_reports(report):
        known = joined.get(claim.key)
        joined[claim.key] = known.joined(claim) if known else Leg.reported(claim)
    return tuple([joined[key] for key in sorted(joined)])


def _join_ring_sets(ring_sets: tuple[RingSet, ...], report: CallReport) -> tuple[RingSet, ...]:
    if report.ringing is None or report.ringing in ring_sets:
        return ring_sets
    return tuple(sorted((*ring_sets, report.ringing), key=lambda s: (s.at, sorted(s.phones))))


def _join_dispositions(
    dispositions: tuple[PanelDisposition, ...], report: CallReport
) -> tuple[PanelDisposition, ...]:
    if not report.dispositions:
        return dispositions
    joined = {*dispositions, *report.dispositions}
    return tuple(sorted(joined, key=lambda d: (d.name, d.notes, d.by is not None, d.by or "")))


def _claim(mine: Claim | None, report: CallReport, text: str | None) -> Claim | None:
    if not text or (mine is not None and (mine.order, mine.text) >= (report.order, text)):
        return mine
    return Claim(report.order, text)


def _text(claim: Claim | None) -> str | None:
    return claim.text if claim else None
