"""Which endpoint answers which address."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.types import Receive, Scope, Send

from cti_desktop.relay import asgi
from cti_desktop.relay.disk_guard import DiskGuard
from cti_desktop.relay.enrolment import Enrolment
from cti_desktop.relay.front import Front
from cti_desktop.relay.metrics import Metrics
from cti_desktop.relay.proxies import network
from cti_desktop.relay.sockets import Sockets
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import meta
from tests.helpers.asgi_calls import Answer, Peer, call, scope, upgrade
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


class NamedSockets(Sockets):
    """Accepts, and no more."""

    def __init__(self) -> None:
        pass

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Accept."""
        await receive()
        await send({"type": "websocket.accept"})


class NamedEnrolment(Enrolment):
    """Answers with the address that it would tell."""

    def __init__(self) -> None:
        pass

    async def __call__(self, relay_url: str, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Tell the address."""
        await asgi.answer(send, 200, {"relay": relay_url})


@pytest.fixture
def front(store: Store) -> Front:
    """The front door, with signs instead of rooms behind it."""
    return Front(NamedSockets(), NamedEnrolment(), store, lambda: NOW, "https://relay.example")


async def get(front: Front, path: str) -> Answer:
    """Ask for a path."""
    return await call(front, scope("GET", path))


async def test_rooms(front: Front) -> None:
    """Each address has its endpoint."""
    assert {"relay": "https://relay.example"} == (await get(front, "/enrol")).payload
    assert 200 == (await get(front, "/healthz")).status


@pytest.mark.parametrize("path", ["/", "/hooks", "/hooks/x", "/healthz/", "/agent/x", "//hooks/x", "*"])
async def test_nothing_elsewhere(front: Front, path: str) -> None:
    """No redirects, no guesses."""
    assert 404 == (await get(front, path)).status


async def test_agent_is_a_websocket(front: Front) -> None:
    """A plain request is told so."""
    answer = await get(front, "/agent")

    assert (426, "websocket") == (answer.status, answer.headers["upgrade"])


@pytest.mark.parametrize(("path", "sent"), [("/agent", "websocket.accept"), ("/else", "websocket.close")])
async def test_upgrades(front: Front, path: str, sent: str) -> None:
    """WebSockets live at one address only."""
    peer = Peer()
    await front(upgrade(path), peer.receive, peer.send)

    assert [sent] == [message["type"] for message in peer.sent]


async def test_ready_means_that_a_write_went_through(front: Front, store: Store) -> None:
    """The heartbeat is in the store."""
    answer = await get(front, "/readyz")
    beat = store.read_now(lambda c: c.execute(select(meta.c.value).where(meta.c.key == "heartbeat")).scalar())

    assert (200, NOW.isoformat()) == (answer.status, beat)


async def test_not_ready_says_why(front: Front, store: Store) -> None:
    """A store that takes no writes is named."""
    store.close()
    answer = await get(front, "/readyz")

    assert (503, "the store is closed") == (answer.status, answer.payload["reason"])


@pytest.mark.warning_logs("the disk of the store is full")
async def test_not_ready_on_a_full_disk(front: Front, tmp_path: Path) -> None:
    """Before it is too full to say so."""
    full = replace(front, disk=DiskGuard(tmp_path, lambda _folder: (100, 99, 1)))
    answer = await get(full, "/readyz")

    assert (503, "the disk is full") == (answer.status, answer.payload["reason"])


async def test_measurements_are_for_those_who_may(front: Front, store: Store) -> None:
    """For others there is nothing; the store's failure is no secret."""
    measured = replace(front, metrics=Metrics(), metrics_from=(network("127.0.0.1"),))

    assert 404 == (await get(front, "/metrics")).status
    assert 404 == (await get(replace(measured, metrics_from=()), "/metrics")).status
    found = await get(measured, "/metrics")
    assert (200, True) == (found.status, b"cti_relay_unrouted" in found.sent[1]["body"])
    store.close()
    assert 503 == (await get(measured, "/metrics")).status
