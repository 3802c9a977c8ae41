"""A provider and its desktops on bare asyncio protocols: cheap, as they share the machine with the relay."""

import asyncio
import json
import os
import re
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any, cast

CALL = re.compile(rb"bench-\d+")
ACK_EVERY = 32
CALLERS = 1_000


def _template() -> bytes:
    """A v2 `call.dial_begin` of some 500 bytes, happening now: a caller's new call rings with one agent."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    leg = {"leg_index": 2, "type": "agent", "result": "dialing", "phone_number": "PHONE", "started_at": now}
    event = {
        "event_id": "event-NUMBER",
        "event_type": "call.dial_begin",
        "event_sequence": 2,
        "event_version": 1,
        "timestamp": now,
        "channel": "call",
        "direction": "incoming",
        "session_id": "bench-NUMBER",
        "system_identifier": "+918000000042",
        "customer_identifier": "+9199999CALLER",
        "payload": {"id": "bench-NUMBER", "direction": "incoming", "legs": [leg]},
    }
    return (
        json.dumps(event)
        .encode()
        .replace(b"%", b"%%")
        .replace(b"NUMBER", b"%(n)d")
        .replace(b"PHONE", b"%(p)b")
        .replace(b"CALLER", b"%(c)05d")
    )


# Written once: the load shares two processors with what it measures.
_BODY = _template()


def body(number: int, phone: str) -> bytes:
    """One delivery."""
    return _BODY % {b"n": number, b"p": phone.encode(), b"c": number % CALLERS}


class Poster(asyncio.Protocol):
    """One keep-alive connection; one request at a time."""

    def __init__(self, secret: str) -> None:
        self._head = (
            f"POST /hooks/myoperator HTTP/1.1\r\nHost: relay\r\nX-Webhook-Token: {secret}\r\n".encode()
        )
        self._head += b"Accept: text/json\r\nContent-Type: application/json\r\nX-Agent: "
        self._transport: asyncio.Transport
        self._turn = asyncio.Lock()
        self._answer: asyncio.Future[bytes] | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Wait for the whole of the short answer."""
        self._received += data
        whole = self._received.rstrip().endswith(b"}") and b"\r\n\r\n" in self._received
        if self._answer is not None and whole:
            received, self._received = self._received, b""
            self._answer.set_result(received)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits learns of it."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("closed"))

    async def post(self, content: bytes, agent: str = "") -> None:
        """Post one delivery, and wait for its answer. `agent` is for who reads no bodies."""
        async with self._turn:
            self._answer = asyncio.get_running_loop().create_future()
            lines = b"%b\r\nContent-Length: %d\r\n\r\n" % (agent.encode(), len(content))
            self._transport.write(self._head + lines + content)
            answer = await self._answer
        if not answer.startswith(b"HTTP/1.1 20"):
            raise ConnectionError(answer[:200].decode())

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


class Desktop(asyncio.Protocol):
    """One WebSocket: says hello, counts frames, acknowledges now and then."""

    def __init__(
        self, token: str, heard: Callable[[bytes], None], device: str = "pc", *, silent: bool = False
    ) -> None:
        self._token = token
        self._silent = silent
        self._heard = heard
        self._device = device
        self._buffer = b""
        self._upgraded = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(
            b"GET /agent HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Protocol: cti.v1\r\nAuthorization: Bearer " + self._token.encode() + b"\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Take frames apart."""
        buffer = self._buffer + data
        if not self._upgraded:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            self._upgraded = True
            if not self._silent:
                self.send(
                    {"type": "hello", "device": self._device, "epoch": None, "seq": 0, "version": "bench"}
                )
            if not self._token.startswith("ctid_"):  # the plain relay greets nobody
                self.ready.set_result(None)
        at, end_of_all = 0, len(buffer)
        while end_of_all - at >= 2:
            size, start = buffer[at + 1], at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
            if end_of_all - start < size:
                break
            self._frame(buffer[at] & 15, buffer[start : start + size])
            at = start + size
        self._buffer = buffer[at:]

    def connection_lost(self, exc: Exception | None) -> None:
        """A broken start is told to whoever waits for it."""
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed"))

    def send(self, message: dict[str, Any]) -> None:
        """Send a text frame, masked by zeros."""
        self._write(1, json.dumps(message).encode())

    def _write(self, opcode: int, content: bytes) -> None:
        size = (
            bytes([128 | len(content)]) if len(content) < 126 else b"\xfe" + struct.pack("!H", len(content))
        )
        self.transport.write(bytes([128 | opcode]) + size + b"\0\0\0\0" + content)

    def _frame(self, opcode: int, content: bytes) -> None:
        if opcode == 9:
            self._write(10, content)
        elif content.startswith(b'{"type":"welcome"'):
            self.ready.set_result(None)
        elif opcode == 1 and not content.startswith(b'{"type":"reset"'):
            self._event(content)

    def _event(self, content: bytes) -> None:
        if content.startswith(b'{"type":"event","seq":'):
            seq = int(content[22 : content.index(b",", 22)])
            if seq % ACK_EVERY == 0:
                self.send({"type": "ack", "seq": seq})
        self._heard(content)


@dataclass
class Fleet:
    """Connected desktops of one relay, and when each call was heard."""

    heard: dict[bytes, float] = field(default_factory=dict)
    frames: int = 0
    desktops: list[Desktop] = field(default_factory=list)
    wanted: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    silent: bool = False  # desktops only listen: the server hangs up on who says anything

    def hear(self, content: bytes) -> None:
        """Note a frame."""
        self.frames += 1
        if found := CALL.search(content):
            self.heard[found[0]] = perf_counter()
        if self.frames >= self.wanted:
            self.enough.set()

    async def until(self, frames: int) -> None:
        """Return once so many frames were heard in all."""
        self.wanted = frames
        self.enough.clear()
        if self.frames < frames:
            async with asyncio.timeout(30):
                await self.enough.wait()

    async def connect(self, port: int, tokens: list[str]) -> None:
        """Connect one desktop for each token, each a device of its own, and wait until all are greeted."""
        loop = asyncio.get_running_loop()
        for number, token in enumerate(tokens):
            desk = partial(Desktop, token, self.hear, f"pc-{number}", silent=self.silent)
            _, desktop = await loop.create_connection(desk, "127.0.0.1", port)
            self.desktops.append(desktop)
            await desktop.ready

    def close(self) -> None:
        """Hang up."""
        for desktop in self.desktops:
            desktop.transport.abort()


def free_port() -> int:
    """A port that is free just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def resident_kib(pid: int) -> int:
    """How much memory a process holds."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123 - /proc
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
