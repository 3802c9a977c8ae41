"""The relay's inner parts on a real store: agents, reports, a router, what stands in a stream."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import CallReport, LegReport
from cti_desktop.relay import roster, streams
from cti_desktop.relay.calls import CallBook, Patience
from cti_desktop.relay.directory import AddressBook
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.wire.events import EventBody, decode_body
from tests.helpers.relay_store import NOW

PATIENCE = Patience(ringing=timedelta(minutes=3), talking=timedelta(hours=4))
ASHA = "+919999911101"
RAVI = "+919999911102"
NOBODY = "+919999911199"
CUSTOMER = "+919999900001"


def uid(name: str) -> str:
    """The UUID of the disposition that a test calls `name`."""
    return str(uuid5(NAMESPACE_OID, name))


def new_agent(store: Store, name: str, *phones: str, **more: Any) -> Person:  # noqa: ANN401 - NewAgent's
    """Somebody in the roster."""
    new = roster.NewAgent(name, tuple(phones), **more)
    return store.write_now(lambda c: roster.add_agent(c, new, "IN", NOW))


def new_router(store: Store) -> Router:
    """A router that forgets when the store rolls back."""
    router = Router(CallBook(PATIENCE), AddressBook())
    store.on_rollback(router.forget)
    return router


def leg(phone: str | None, key: str | None = None, **more: Any) -> LegReport:  # noqa: ANN401 - LegReport's
    """A leg that rings."""
    ref = more.pop("agent", AgentRef(phone=phone))
    return LegReport(key or phone or "?", ref, rang_at=NOW, **more)


def report(*legs: LegReport, call_id: str = "call-1", **more: Any) -> CallReport:  # noqa: ANN401 - CallReport's
    """A report of a call from a customer."""
    more.setdefault("order", 1)
    return CallReport(call_id, caller_number=CUSTOMER, legs=legs, **more)


def take(store: Store, router: Router, told: CallReport, now: datetime = NOW) -> list[tuple[str, int, str]]:
    """Have `router` take a report: agent, seq and kind of all that was appended."""
    appended = store.write_now(lambda c: router.take(c, told, "myoperator", now))
    return [(row.agent_id, row.seq, decode_body(row.body).kind) for row in appended]


def stream_of(store: Store, agent: Person) -> list[EventBody]:
    """All that stands in an agent's stream."""
    rows = store.read_now(lambda c: streams.after(c, agent.id or "", 0, 1000))
    assert list(range(1, len(rows) + 1)) == [row.seq for row in rows]
    return [decode_body(row.body) for row in rows]
