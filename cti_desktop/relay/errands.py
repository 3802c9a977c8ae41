"""Does what agents wish besides outcomes: contacts made and chosen from a card, and what needs the provider.

An agent may wish things about callers of their own calls only. What can't be done is answered: why.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.core.errands import (
    ADD_CONTACT,
    DIAL,
    DURABLE,
    MERGE_CONTACTS,
    RECORDING,
    REVEAL,
    UNMERGE_CONTACTS,
    Errand,
)
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.events import Contact
from cti_desktop.core.people import Person
from cti_desktop.core.text import one_line
from cti_desktop.core.timeline import Addressed
from cti_desktop.relay import contacts, duplicates, history, merging
from cti_desktop.relay.audit import note
from cti_desktop.relay.contact_import import to_number
from cti_desktop.relay.dispositions import known_of
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.routing import Router, legs_of
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import contacts as contact_rows
from cti_desktop.wire.messages import Done, Rejected, encode

_MAX_ID: Final = 100
# So many answers from outside are kept, for desktops that ask again.
_REMEMBERED: Final = 1000

Live = Callable[[Person, str, Errand], Awaitable[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class _Performed:
    result: Mapping[str, str]
    appended: list[Appended]
    number: str = ""


@dataclass(slots=True)
class Errands:
    """See the module. `live`: wishes that take more than the store, by name; each gets agent and number."""

    store: Store
    router: Router
    publish: Callable[[Iterable[Appended]], None]
    clock: Callable[[], datetime]
    region: str = "IN"
    live: Mapping[str, Live] = field(default_factory=dict)
    may_reveal: bool = True
    _under_way: set[str] = field(default_factory=set)
    _done: OrderedDict[str, Mapping[str, str]] = field(default_factory=OrderedDict)

    @property
    def offered(self) -> tuple[str, ...]:
        """What may be wished here, for the desktops to know what to offer."""
        reveal = (REVEAL,) if self.may_reveal else ()
        return (*sorted(DURABLE), *reveal, *self.live)

    def takes_long(self, errand: Errand) -> bool:
        """Whether somebody outside has to be asked."""
        return errand.what in self.live

    async def answer(self, agent: Person, errand: Errand) -> str:
        """Do it; the frame to answer with. Raises `StorageError`: ask again later."""
        now = self.clock()
        try:
            done = await self.store.write(
                lambda c: self._perform(c, agent, errand, now), then=lambda done: self.publish(done.appended)
            )
            result = done.result
            if errand.what in self.live:
                result = await self._outside(agent, done.number, errand)
        except DispositionRejected as no:
            return encode(Rejected(errand.id, no.code, no.field, str(no)))
        return encode(Done(errand.id, dict(result)))

    async def _outside(self, agent: Person, number: str, errand: Errand) -> Mapping[str, str]:
        """Nobody is dialled twice because a desktop asked again."""
        key = f"{agent.id} {errand.id}"
        if key in self._done:
            return self._done[key]
        if key in self._under_way:
            raise DispositionRejected("it is being done: wait for the answer", field="id", code="busy")
        self._under_way.add(key)
        try:
            result = await self.live[errand.what](agent, number, errand)
        finally:
            self._under_way.discard(key)
        self._done[key] = result
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        return result

    def _perform(self, connection: Connection, agent: Person, errand: Errand, now: datetime) -> _Performed:
        if not 0 < len(errand.id) <= _MAX_ID:
            raise DispositionRejected("id is no UUID", field="id", code="unreadable")
        number = self._number(connection, agent, errand)
        match errand.what:
            case "contact.add":
                _add(connection, errand, number, now)
            case "contact.choose":
                if not contacts.choose(connection, number, errand.args.get("contact_id", ""), now):
                    raise _gone("contact_id")
            case "contact.merge" | "contact.unmerge" | "contact.part":
                for other in self._judge(connection, agent, errand, number, now):
                    self.router.book.forget_number(other)
            case "follow_up.done":
                return self._keep_promise(connection, agent, errand, number, now)
            case "number.reveal":
                return self._reveal(connection, agent, errand, number, now)
            case what if what in self.live:
                return _Performed({}, [], number)
            case what:
                raise _impossible(what)
        assert errand.what in DURABLE  # noqa: S101 - what follows is theirs
        appended = self.router.tell_of_caller(connection, number, [errand.call_id], now)
        return _Performed({}, appended)

    def _keep_promise(
        self, connection: Connection, agent: Person, errand: Errand, number: str, now: datetime
    ) -> _Performed:
        """The agent's other desktops remind of it no more, and no card tells of it. Again changes nothing."""
        info = known_of(connection, self.router, agent, errand.call_id)
        kept = history.keep_promise(connection, errand.call_id, agent, now, info)
        if kept is None:
            return _Performed({}, [])
        told = self.router.append(connection, [Addressed(agent.id or "", kept)], now)
        return _Performed({}, [*told, *self.router.tell_of_caller(connection, number, [], now)])

    def _reveal(
        self, connection: Connection, agent: Person, errand: Errand, number: str, now: datetime
    ) -> _Performed:
        if self.router.masks(connection, agent.id or "") and not self.may_reveal:
            raise DispositionRejected("your team lead keeps numbers hidden", field="what", code="forbidden")
        _note(connection, agent, REVEAL, errand.call_id, now)
        return _Performed({"number": number}, [])

    @staticmethod
    def _judge(
        connection: Connection, agent: Person, errand: Errand, number: str, now: datetime
    ) -> list[str]:
        """Two entries of the number are one, or two again, or stay two; whose numbers are concerned."""
        who, args = agent.id or "", errand.args
        if errand.what == UNMERGE_CONTACTS:
            pair = merging.pair_of(connection, args.get("merge", ""))
        else:
            pair = args.get("keep", ""), args.get("other", "")
        if errand.what == MERGE_CONTACTS and merging.is_done(connection, errand.id):
            return []  # asked again, as nobody knew whether it arrived
        theirs = [n for id_ in pair for n in contacts.numbers_of(connection, id_)]
        if theirs.count(number) < (1 if errand.what == UNMERGE_CONTACTS else 2):
            raise _gone("keep")
        try:
            match errand.what:
                case "contact.merge":
                    merging.merge(connection, errand.id, *pair, who, now)
                case "contact.unmerge":
                    merging.unmerge(connection, args["merge"], now)
                case _:
                    duplicates.part(connection, *pair, who, now)
        except Refused as no:
            raise DispositionRejected(str(no), field="keep", code="unknown") from None
        merge = [errand.id] if errand.what == MERGE_CONTACTS else []  # by which it can be taken back
        _note(connection, agent, errand.what, " ".join([*pair, *merge]), now)
        return theirs

    def _number(self, connection: Connection, agent: Person, errand: Errand) -> str:
        """Whom it is about. Raises `DispositionRejected` for a call that isn't the agent's."""
        kept = self.router.calls.find(connection, errand.call_id)
        if kept is None:  # restored from a backup, the relay may not know the call any more
            number = (
                to_number(errand.args.get("number", ""), self.region) if errand.what == ADD_CONTACT else None
            )
        else:
            directory = self.router.book.open(connection, kept.provider)
            if not legs_of(kept.call, directory, agent.id or ""):
                raise DispositionRejected("you had no part in this call", field="call_id", code="not_yours")
            number = kept.call.caller_number
        if number is None and kept is None:
            raise DispositionRejected("the relay has forgotten this call", field="call_id", code="forgotten")
        if number is None:
            raise DispositionRejected("the caller has no number", field="call_id", code="unknown")
        return number


def _impossible(what: str) -> DispositionRejected:
    if what in {DIAL, RECORDING}:
        reason = "the relay has no access to MyOperator for that: ask IT"
        return DispositionRejected(reason, field="what", code="not_configured")
    return DispositionRejected("this relay can't do that", field="what", code="unknown")


def _gone(field: str) -> DispositionRejected:
    return DispositionRejected("that contact has another number now, or is gone", field=field, code="unknown")


def _note(connection: Connection, agent: Person, what: str, subject: str, now: datetime) -> None:
    note(connection, now, agent.id or "", what, subject)


def _add(connection: Connection, errand: Errand, number: str, now: datetime) -> None:
    """A contact with the caller's number, meant from now on. A repetition changes nothing."""
    name = one_line(errand.args.get("name", ""), 120)
    if not name:
        raise DispositionRejected("a contact needs a name", field="name", code="missing")
    id_ = f"con_{hashlib.sha256(errand.id.encode()).hexdigest()[:16]}"
    if connection.execute(select(contact_rows.c.id).where(contact_rows.c.id == id_)).first():
        return
    there = contacts.known(connection, number).candidates
    same = next((c for c in there if c.name.casefold() == name.casefold()), None)
    if same is None:  # else a colleague was quicker
        contact = Contact(id_, name, one_line(errand.args.get("company", ""), 120) or None)
        contacts.add(connection, contact, [number], now)
    if there:
        contacts.choose(connection, number, same.id if same else id_, now)
