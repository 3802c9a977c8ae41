"""Upgrades over bare ASGI: who gets a session."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cti_desktop.core.errors import LinkDown
from cti_desktop.relay.access import Access
from cti_desktop.relay.sockets import Sockets, _AsgiChannel, not_found
from tests.helpers.asgi_calls import Peer, upgrade
from tests.helpers.relay_desk import Room, room


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    """A store with one agent, and everything that sessions share."""
    async with room(tmp_path) as found:
        yield found


@asynccontextmanager
async def asking(desk: Room, *subprotocols: str, **headers: str) -> AsyncIterator[Peer]:
    """An upgrade, and then a goodbye."""
    sockets = Sockets(desk.desk, lambda: desk.access, ("https://lead.example",))
    peer = Peer()
    async with asyncio.TaskGroup() as group:
        group.create_task(sockets(upgrade("/agent", headers, *subprotocols), peer.receive, peer.send))
        yield peer
        peer.arriving.put_nowait({"type": "websocket.disconnect", "code": 1000})


async def sent(desk: Room, *subprotocols: str, **headers: str) -> list[tuple[str, object]]:
    """What an upgrade is answered with: types, and subprotocol or close code."""
    async with asking(desk, *subprotocols, **headers) as peer:
        pass
    return [
        (m["type"], m.get("subprotocol", m.get("code"))) for m in peer.sent if m["type"] != "websocket.send"
    ]


async def test_a_good_token_gets_a_session(desk: Room) -> None:
    """Accepted, greeted and welcomed."""
    async with asking(desk, "mqtt", "cti.v1", authorization=f"bearer {desk.token}") as peer:
        peer.arriving.put_nowait(
            {"type": "websocket.receive", "text": '{"type":"hello","device":"pc","seq":0}'}
        )
        await desk.until_welcome(peer)

    assert {"type": "websocket.accept", "subprotocol": "cti.v1"} == peer.sent[0]
    assert "welcome" == json.loads(peer.sent[1]["text"])["type"]


async def test_no_subprotocol_is_fine(desk: Room) -> None:
    """A client that offers none gets none."""
    assert [("websocket.accept", None)] == await sent(desk, authorization=f"Bearer {desk.token}")


async def test_foreign_subprotocol(desk: Room) -> None:
    """One that offers others only is refused before the upgrade."""
    assert [("websocket.close", None)] == await sent(desk, "mqtt", authorization=f"Bearer {desk.token}")


@pytest.mark.parametrize(
    ("origin", "answer"),
    [("https://lead.example", "websocket.accept"), ("https://evil.example", "websocket.close")],
)
async def test_origins(desk: Room, origin: str, answer: str) -> None:
    """Only listed web pages."""
    assert answer == (await sent(desk, authorization=f"Bearer {desk.token}", origin=origin))[0][0]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic abc"])
async def test_bad_tokens(desk: Room, authorization: str) -> None:
    """Accepted only to be told why it ends."""
    assert [("websocket.accept", "cti.v1"), ("websocket.close", 4001)] == await sent(
        desk, "cti.v1", authorization=authorization
    )


async def test_a_token_that_counts_no_more(desk: Room) -> None:
    """What counts is asked at each upgrade."""
    desk.access = Access()

    assert ("websocket.close", 4001) == (await sent(desk, authorization=f"Bearer {desk.token}"))[-1]


async def test_elsewhere() -> None:
    """Refused before the upgrade."""
    peer = Peer()
    await not_found(peer.receive, peer.send)

    assert ["websocket.close"] == [message["type"] for message in peer.sent]


async def test_channel_says_when_the_peer_is_gone() -> None:
    """Whatever the server calls it."""
    peer = Peer()
    peer.arriving.put_nowait({"type": "websocket.receive", "bytes": b"x"})
    peer.arriving.put_nowait({"type": "websocket.disconnect", "code": 1006})

    async def gone(_message: object) -> None:
        raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")

    channel = _AsgiChannel(peer.receive, gone)
    await peer.receive()

    assert b"x" == await channel.receive()
    with pytest.raises(LinkDown):
        await channel.receive()
    with pytest.raises(LinkDown):
        await channel.send("x")
    with pytest.raises(LinkDown):
        await channel.close(1000, "")
