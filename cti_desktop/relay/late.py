"""A webhook that comes after its call was recovered from the provider's log belongs to the recovered call.

The log doesn't say the webhooks' call ids, so the two are the same by customer, direction and time. From then
on the webhooks' id leads to the recovered call, on which agents may have written notes already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, select

from cti_desktop.core.call import Call
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import RECOVERED, CallReport, is_recovered
from cti_desktop.core.timeline import Directory
from cti_desktop.relay import prepared
from cti_desktop.relay.call_log import NEAR
from cti_desktop.relay.caller_tables import interactions
from cti_desktop.relay.calls import CallBook, KeptCall

# What is younger may still come by itself: the log isn't asked for it.
SETTLED: Final = timedelta(minutes=10)

_near: Final = select(interactions.c.call_id, interactions.c.at, interactions.c.direction).where(
    interactions.c.number == bindparam("number"),
    interactions.c.at.between(bindparam("since"), bindparam("until")),
    interactions.c.call_id.startswith(RECOVERED),
)


def recovered(
    connection: Connection, book: CallBook, kept: KeptCall | None, report: CallReport, now: datetime
) -> KeptCall | None:
    """The call of `report`: `kept`, unless that tells of nobody yet and the log told of the same call."""
    began = report.started_at or min((leg.rang_at for leg in report.legs if leg.rang_at), default=None)
    if began is None or now - began < SETTLED or is_recovered(report.call_id):
        return kept
    if report.caller_number is None or (kept is not None and kept.call.legs):
        return kept
    asked = {"number": report.caller_number, "since": began - NEAR, "until": began + NEAR}
    if not prepared.finds(connection, _near, asked):  # cheaper to ask than to read, and mostly none
        return kept
    told = report.direction and report.direction.value
    rows = [row for row in connection.execute(_near, asked) if told in {None, row.direction}]
    nearest = min(rows, key=lambda row: abs(row.at - began), default=None)
    target = book.find(connection, nearest.call_id) if nearest is not None else None
    if target is None:
        return kept
    book.point(connection, report.call_id, target)
    return target


def fitted(report: CallReport, call: Call, directory: Directory) -> CallReport:
    """`report` in the words of a recovered call: its own keys for each agent's parts, in their order."""
    theirs = defaultdict[str, Iterator[str]](lambda: iter(()))
    for agent_id, keys in _by_agent([(leg.key, leg.agent) for leg in call.legs], directory).items():
        theirs[agent_id] = iter(keys)
    refs = [(leg.key, leg.agent) for leg in report.legs]
    phones = report.ringing.phones if report.ringing else frozenset[str]()
    refs += [(phone, AgentRef(phone=phone)) for phone in sorted(phones - {key for key, _ in refs})]
    meant = {
        key: next(theirs[agent_id], key)
        for agent_id, keys in _by_agent(refs, directory).items()
        for key in keys
    }
    legs = tuple(replace(leg, key=meant.get(leg.key, leg.key)) for leg in report.legs)
    ringing = report.ringing
    if ringing is not None:
        ringing = replace(ringing, phones=frozenset(meant.get(phone, phone) for phone in ringing.phones))
    return replace(report, legs=legs, ringing=ringing)


def _by_agent(refs: list[tuple[str, AgentRef]], directory: Directory) -> dict[str, list[str]]:
    """The keys of each agent whom the roster knows."""
    found: dict[str, list[str]] = {}
    for key, ref in refs:
        agent = directory.agent(ref)
        if agent is not None and agent.id is not None:
            found.setdefault(agent.id, []).append(key)
    return found
