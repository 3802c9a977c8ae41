"""From a report to the streams of the agents whom it concerns. Lives in the writing thread's transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Final, Self, TypeVar

from sqlalchemy import Connection

from cti_desktop.core.call import Call
from cti_desktop.core.events import CallAnswered, CallEnded, CallEvent, CallRang, CallUpdated
from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.numbers import hidden
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import CallReport
from cti_desktop.core.timeline import Addressed, Directory, changes, info_of, recognised
from cti_desktop.relay import history, late, ledger, streams
from cti_desktop.relay.calls import CallBook, KeptCall
from cti_desktop.relay.directory import AddressBook, RosterDirectory
from cti_desktop.relay.store import insert
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import unrouted
from cti_desktop.wire.events import EventBody, body_of

# Of what is owed, a device that can't resume is told the latest.
_OWED_TOLD: Final = 20
E = TypeVar("E", bound=CallEvent)

_GIVE_UP_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Reports of one transaction, what was asked for all of them, and the calls `changed`, by id."""

    reports: list[tuple[CallReport, str]]
    directories: dict[str, RosterDirectory]
    unheard_of: set[str]
    changed: dict[str, KeptCall] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        connection: Connection,
        reports: list[tuple[CallReport, str]],
        calls: CallBook,
        book: AddressBook,
    ) -> Self:
        """Ask."""
        directories = {provider: book.open(connection, provider) for _, provider in reports}
        for directory in directories.values():
            directory.expect(r.caller_number for r, _ in reports if r.caller_number is not None)
        return cls(reports, directories, calls.unheard_of(connection, [r.call_id for r, _ in reports]))


class Router:
    """Joins reports to calls and tells the agents. Every method is part of a writing transaction."""

    def __init__(self, calls: CallBook, book: AddressBook, masked_roles: Iterable[str] = ()) -> None:
        """The two caches; the router forgets them together. Agents of `masked_roles` see no numbers."""
        self._masked_roles = frozenset(masked_roles)
        self.calls = calls
        self.book = book

    def forget(self) -> None:
        """A transaction was rolled back, or the roster was changed: read everything anew."""
        self.calls.forget()
        self.book.forget()

    def take(
        self, connection: Connection, report: CallReport, provider: str, now: datetime
    ) -> list[Appended]:
        """Join `report`; what was appended to which streams."""
        [appended] = self.take_all(connection, [(report, provider)], now)
        return appended

    def take_all(
        self, connection: Connection, reports: Iterable[tuple[CallReport, str]], now: datetime
    ) -> list[list[Appended]]:
        """Join reports, each of a provider, in that order; what each one appended to which streams."""
        crowd = _Crowd.of(connection, list(reports), self.calls, self.book)
        events: list[Addressed] = []
        ends = [0]
        for report, provider in crowd.reports:
            events += self._join(connection, report, provider, now, crowd)
            ends.append(len(events))
        # One statement for all: each call as it is after the last of its reports.
        self.calls.keep(connection, *crowd.changed.values())
        appended = self.append(connection, events, now)
        return [appended[first:end] for first, end in pairwise(ends)]

    def _join(
        self, connection: Connection, report: CallReport, provider: str, now: datetime, crowd: _Crowd
    ) -> list[Addressed]:
        known = None if report.call_id in crowd.unheard_of else self.calls.find(connection, report.call_id)
        crowd.unheard_of.discard(report.call_id)
        kept = late.recovered(connection, self.calls, known, report, now)
        directory = crowd.directories[provider]
        before = kept.call if kept else None
        if before is not None and before.id != report.call_id:
            crowd.changed.pop(report.call_id, None)
            report = late.fitted(report, before, directory)
        after = (before or Call(report.call_id)).joined(report)
        directory.learn(leg.agent for leg in after.legs)
        after = recognised(after, directory)
        if after == before:
            return []
        _count_unrouted(connection, before, after, directory, now)
        crowd.changed[after.id] = kept = KeptCall(after, provider, now)
        self.calls.remember(kept)
        events = changes(before, after, directory, now)
        self._remember(connection, before, after, directory, now)
        return events

    def give_up_overdue(self, connection: Connection, now: datetime) -> list[Appended]:
        """Close calls whose news stopped: their legs end, reason unknown."""
        appended: list[Appended] = []
        for kept in self.calls.overdue(connection, now, _GIVE_UP_AT_ONCE):
            given_up = replace(kept.call, given_up=True)
            self.calls.keep(connection, KeptCall(given_up, kept.provider, now))
            directory = self.book.open(connection, kept.provider)
            events = changes(kept.call, given_up, directory, now)
            self._remember(connection, kept.call, given_up, directory, now)
            appended += self.append(connection, events, now)
        return appended

    @staticmethod
    def _remember(
        connection: Connection, before: Call | None, after: Call, directory: RosterDirectory, now: datetime
    ) -> None:
        """Later cards tell of this call; whoever talked owes its outcome."""
        number = history.note_call(connection, before, after, directory, now)
        if number is not None:
            directory.forget(number)
        ledger.note_call(connection, before, after, directory, now)

    def tell_of_caller(
        self, connection: Connection, number: str, call_ids: Iterable[str], now: datetime
    ) -> list[Appended]:
        """Something was learned of who has `number`: updates for its open calls, and for `call_ids`."""
        self.book.forget_number(number)
        named = (self.calls.find(connection, call_id) for call_id in call_ids)
        calls = {kept.call.id: kept for kept in (*self.calls.open(connection), *named) if kept is not None}
        events: list[Addressed] = []
        for kept in calls.values():
            if kept.call.caller_number == number:
                directory = self.book.open(connection, kept.provider)
                events += _updates(kept.call, directory, now)
        return self.append(connection, events, now)

    def append(self, connection: Connection, events: Iterable[Addressed], now: datetime) -> list[Appended]:
        """Put `events` into their streams, as their agents may see them."""
        if self._masked_roles:
            events = [Addressed(e.agent_id, self._seen(connection, e.agent_id, e.event)) for e in events]
        return streams.append(connection, events, now)

    def masks(self, connection: Connection, agent_id: str) -> bool:
        """Whether the agent sees no customer's number."""
        return bool(self._masked_roles) and self.book.role_of(connection, agent_id) in self._masked_roles

    def _seen(self, connection: Connection, agent_id: str, event: E) -> E:
        caller = event.info.caller
        if caller.number is None or not self.masks(connection, agent_id):
            return event
        veiled = replace(caller, number=None, masked=hidden(caller.number))
        return replace(event, info=replace(event.info, caller=veiled))

    def open_calls(self, connection: Connection, agent_id: str) -> list[EventBody]:
        """The calls in which the agent rings or talks now, each as its latest event would tell it."""
        return [
            body_of(self._seen(connection, agent_id, event))
            for kept in self.calls.open(connection)
            for event in _open_legs(kept, self.book.open(connection, kept.provider), agent_id)
        ]

    def owed_calls(self, connection: Connection, agent_id: str) -> list[EventBody]:
        """The latest ended conversations whose outcome the agent owes, each as its end."""
        owed = (
            self.calls.find(connection, i) for i in ledger.calls_owed_by(connection, agent_id, _OWED_TOLD)
        )
        return [
            body_of(self._seen(connection, agent_id, event))
            for kept in owed
            if kept is not None
            for event in _owed_end(kept, self.book.open(connection, kept.provider), agent_id)
        ]


def _updates(call: Call, directory: Directory, now: datetime) -> list[Addressed]:
    """What is known of the call now, for each agent's latest part in it."""
    latest = {agent.id: leg for leg in call.legs if (agent := directory.agent(leg.agent)) and agent.id}
    return [
        Addressed(agent_id, CallUpdated(info_of(call, leg, directory), now, now))
        for agent_id, leg in latest.items()
        if agent_id
    ]


def legs_of(call: Call, directory: Directory, agent_id: str) -> list[Leg]:
    """The agent's own parts in a call."""
    return [
        leg for leg in call.legs if (who := directory.agent(leg.agent)) is not None and who.id == agent_id
    ]


def _open_legs(kept: KeptCall, directory: Directory, agent_id: str) -> Iterator[CallRang | CallAnswered]:
    for leg in legs_of(kept.call, directory, agent_id):
        info = info_of(kept.call, leg, directory)
        match kept.call.phase(leg):
            case Phase.RINGING:
                yield CallRang(info, leg.rang_at or kept.updated_at, kept.updated_at)
            case Phase.CONNECTED:
                yield CallAnswered(info, leg.answered_at or kept.updated_at, kept.updated_at)
            case _:
                pass


def _owed_end(kept: KeptCall, directory: Directory, agent_id: str) -> Iterator[CallEvent]:
    """The end of the agent's conversation, if it is over; without history: a frame has limits."""
    talked = [leg for leg in legs_of(kept.call, directory, agent_id) if kept.call.talked(leg)]
    if talked and not list(_open_legs(kept, directory, agent_id)):
        info = info_of(kept.call, talked[-1], directory)
        caller = replace(info.caller, last_interactions=(), open_follow_ups=())
        at = talked[-1].ended_at or kept.updated_at
        yield CallEnded(replace(info, caller=caller), at, kept.updated_at)


def _count_unrouted(
    connection: Connection, before: Call | None, after: Call, directory: Directory, now: datetime
) -> None:
    """Note each leg that is new and whose agent nobody in the roster is."""
    known = {_who(leg.agent) for leg in (before.legs if before else ())}
    strangers = {_who(leg.agent) for leg in after.legs if directory.agent(leg.agent) is None} - known
    for who in sorted(s for s in strangers if s is not None):
        again = {"count": unrouted.c.count + 1, "last_at": now, "last_call_id": after.id}
        row = {"who": who, "count": 1, "first_at": now, "last_at": now, "last_call_id": after.id}
        statement = insert(connection, unrouted).values(row)
        connection.execute(statement.on_conflict_do_update(index_elements=("who",), set_=again))


def _who(ref: AgentRef) -> str | None:
    """The one name by which a person can find the agent in the provider's panel."""
    return ref.phone or ref.email or ref.extension or ref.provider_id or ref.name
