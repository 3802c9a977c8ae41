"""Which of its phone's rings a leg is, where a provider lists phones: one that rings anew begins another leg.

Which of them a claim is about follows from all that is known of the call, in whatever order that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.report import CallReport, LegReport, RingSet

# A log's times and those of what was told live differ by so much, at most.
_SLACK: Final = timedelta(seconds=3)
# Less can't tell of a phone that rang, was silent, and rang again.
_FEWEST_SETS: Final = 3

# The ring sets of each leg of a phone that rang anew, by the leg's key.
Runs = Mapping[str, tuple[RingSet, ...]]
NO_RUNS: Final[Runs] = {}


def leg_reports(report: CallReport) -> tuple[LegReport, ...]:
    """All that `report` says of legs, that their phones ring included."""
    ringing = report.ringing
    if ringing is None:
        return report.legs
    return (*report.legs, *(LegReport(key, rang_at=ringing.at) for key in ringing.phones))


def runs_of(claims: frozenset[LegReport], ring_sets: tuple[RingSet, ...]) -> Runs:
    """The rings of the phones that went silent and rang anew; nothing of other phones."""
    if len(ring_sets) < _FEWEST_SETS:
        return NO_RUNS
    found: dict[str, tuple[RingSet, ...]] = {}
    for phone in {claim.key for claim in claims}:
        held = groupby(ring_sets, key=lambda ring_set: phone in ring_set.phones)
        runs = [tuple(sets) for rings, sets in held if rings]
        if len(runs) > 1:
            found.update({_key(phone, place): run for place, run in enumerate(runs)})
    return found


def parted(legs: tuple[Leg, ...], claims: frozenset[LegReport], runs: Runs) -> tuple[Leg, ...]:
    """`legs`, with one for each ring of a phone that rang anew."""
    found = {leg.key: leg for leg in legs}
    for phone in {claim.key for claim in claims} & runs.keys():
        agent = found[phone].agent
        for key, told in _shares(phone, claims, runs).items():
            reached = found[key].reached if key in found else Phase.UNSEEN
            leg = Leg(key, agent, reached=reached)
            for claim in told:
                leg = leg.joined(claim)
            found[key] = leg
    return tuple(found[key] for key in sorted(found))


def _key(phone: str, place: int) -> str:
    """The leg of a phone's ring, counted from 0: the first goes by the phone, as if it were the only one."""
    return f"{phone}#{place + 1}" if place else phone


def _shares(phone: str, claims: Iterable[LegReport], runs: Runs) -> dict[str, list[LegReport]]:
    """What is claimed of each leg of a phone that rang anew, by leg."""
    found: dict[str, list[LegReport]] = {}
    while (key := _key(phone, len(found))) in runs:
        found[key] = []
    begins = [runs[key][0].at for key in found]
    for claim in claims:
        if claim.key == phone:
            found[_key(phone, _place(claim, begins))].append(claim)
    return found


def _place(claim: LegReport, begins: list[datetime]) -> int:
    """The ring that a claim is about: the last that had begun by then; without a time, the likeliest."""
    moment = claim.answered_at or claim.rang_at or claim.ended_at
    if moment is None:
        return len(begins) - 1 if claim.answered else 0
    return max(sum(began <= moment + _SLACK for began in begins) - 1, 0)
