"""Bytes from the open internet: no 5xx, no hang, the right close code, and nobody else is disturbed."""

import asyncio
import json
import os
import random
import re
import struct
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.relay_world import Agent, World, dial_begin, running

ASKED = 15.0  # seconds to hang up, once we have
QUIET = 0.15
UPGRADE = (
    "GET /agent HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: cti.v1\r\nAuthorization: Bearer {token}\r\n\r\n"
)
# A protocol error of the WebSocket, what isn't UTF-8, what is too long, one of ours, or a goodbye.
FAIR_CODES = {1000, 1001, 1002, 1003, 1007, 1009, 4002, 4003}
GIBBERISH = [
    "[" * 100_000,
    '{"a":' * 20_000 + "1" + "}" * 20_000,
    '{"id":' + "9" * 5_000 + "}",
    '{"uid":NaN,"id":-Infinity}',
    '{"uid":"\\ud800","clid_raw":"\\u0000"}',
    '{"uid":null,"users":[null,{},[],1e400]}',
    "uid=%ff&users=%00",
    "",
    "null",
    "\x00" * 50,
]


def resident_mib() -> float:
    """How much memory this process, and the relay within it, hold."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - /proc
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def post(content: bytes, secret: str, **more: str) -> bytes:
    """A request as the provider's, but for its content."""
    headers = {"Host": "relay", "X-Webhook-Token": secret, "Content-Type": "application/json", **more}
    headers.setdefault("Content-Length", str(len(content)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /hooks/myoperator HTTP/1.1\r\n{lines}\r\n".encode() + content


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with a few bytes turned, dropped, doubled, or pushed in."""
    spoilt = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(spoilt) or 1)
        match chance.randrange(5):
            case 0:
                spoilt[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoilt[at : at + chance.randint(1, 20)]
            case 2:
                spoilt[at:at] = chance.randbytes(chance.randint(1, 20))
            case 3:
                spoilt[at:at] = spoilt[at : at + 50]
            case _:
                spoilt[at:at] = chance.choice(
                    [b"\r\n", b"\0", b"%", b": ", b"Content-Length: 5\r\n", b"{", b'"']
                )
    return bytes(spoilt)


def hostile_request(secret: str, agent: Agent, chance: random.Random) -> bytes:
    """One request that no provider sends."""
    fine = json.dumps(dial_begin(f"call-{chance.random()}", agent)).encode()
    match chance.randrange(6):
        case 0:
            return post(chance.choice(GIBBERISH).encode("utf-8", "surrogatepass"), secret)
        case 1:
            return post(mutated(fine, chance), secret)
        case 2:
            return mutated(post(fine, secret), chance)
        case 3:
            return mutated(UPGRADE.format(token="x").encode(), chance)
        case 4:
            method, path = (
                chance.choice(["GET", "PUT", "BREW"]),
                chance.choice(["/", "/enrol", "/hooks/" + "x" * 999]),
            )
            return mutated(f"{method} {path} HTTP/1.1\r\nHost: relay\r\n\r\n".encode(), chance)
        case _:
            return post(fine, secret, **{"Transfer-Encoding": "chunked", "Content-Length": "3"})


async def answer_to(request: bytes, port: int, upgrade: bytes = b"") -> bytes:
    """Everything that comes back until the relay hangs up; once it is silent, it gets no more from us."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        if upgrade:
            writer.write(upgrade)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        writer.write(request)
        try:
            while True:
                async with asyncio.timeout(QUIET):
                    if not (more := await reader.read(65_536)):
                        return answer
                answer += more
        except TimeoutError:
            writer.write_eof()
        async with asyncio.timeout(ASKED):
            return answer + await reader.read()
    except ConnectionError:
        return answer
    finally:
        writer.transport.abort()


async def still_serves(world: World, agent: Agent, call_id: str) -> None:
    """A proper call reaches its agent as if nothing had happened."""
    async with world.desktop(agent, device=call_id) as desktop:
        await world.post(dial_begin(call_id, agent))
        events = await desktop.events(1 + desktop.welcome["head"])
    assert events[-1]["event"]["call_id"] == call_id


async def test_hostile_requests(tmp_path: Path, caplog: pytest.LogCaptureFixture, *, at_length: bool) -> None:
    """Thousands of broken requests: none is answered 5xx, none hangs, memory stays where it is."""
    chance, statuses = random.Random(1), Counter[int]()
    rounds, before = (400, 0.0) if at_length else (16, 0.0)
    async with running(tmp_path) as world:
        agent = await world.add_agent("Asha", "+919999911101")
        for number in range(rounds):
            wave = [hostile_request(world.secret, agent, chance) for _ in range(25)]
            for answer in await asyncio.gather(*(answer_to(request, world.relay.port) for request in wave)):
                statuses.update(
                    int(status) for status in re.findall(rb"^HTTP/1.1 (\d{3})", answer, re.MULTILINE)
                )
            if number == rounds // 4 and sys.platform == "linux":
                before = resident_mib()
        grown = resident_mib() - before if before else 0.0
        await still_serves(world, agent, "proper")

    assert {status for status in statuses if status >= 500} == set(), statuses
    assert statuses[200] > rounds
    assert "a bug of ours" not in caplog.text
    assert grown < 32


def hostile_frame(chance: random.Random) -> bytes:
    """One frame, or what looks like one."""
    text = chance.choice(
        [
            b'{"type":"ack","seq":0}',
            b'{"type":"ack","seq":1e9}',
            b'{"type":"ack","seq":-1}',
            b'{"type":"disposition"}',
            b'{"type":"disposition","id":5,"call_id":[],"code":null}',
            b'{"type":"from the future"}',
            b'{"type":"hello","device":"again","seq":0}',
            b'{"type":"error","code":"x","message":"y"}',
            b"\xff\xfe",
            b"[" * 60_000,
            b"null",
            b"",
            chance.randbytes(chance.randint(1, 300)),
        ]
    )
    first = 0x81 if chance.random() < 0.6 else chance.randrange(256)
    masked = 0x80 if chance.random() < 0.9 else 0
    length = len(text) if chance.random() < 0.9 else chance.choice([0, 125, 70_000, 2**40])
    if length < 126:
        head = bytes([first, masked | length])
    elif length < 65_536:
        head = bytes([first, masked | 126]) + struct.pack("!H", length)
    else:
        head = bytes([first, masked | 127]) + struct.pack("!Q", length)
    return head + b"\0\0\0\0" * bool(masked) + text


def hello(number: int) -> bytes:
    """A proper greeting of one of the agent's devices, as a frame."""
    greeting = f'{{"type":"hello","device":"{number}","epoch":null,"seq":0,"version":"x"}}'.encode()
    return bytes([0x81, 0x80 | len(greeting)]) + b"\0\0\0\0" + greeting


def frames_in(raw: bytes) -> list[tuple[int, bytes]]:
    """Opcode and content of the relay's frames."""
    found, at = [], 0
    while at + 2 <= len(raw):
        size, start = raw[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(raw[start : start + 2], "big"), start + 2
        found.append((raw[at] & 15, raw[start : start + size]))
        at = start + size
    return found


async def test_hostile_frames(tmp_path: Path, caplog: pytest.LogCaptureFixture, *, at_length: bool) -> None:
    """After a proper hello, anything: each connection ends with a fair close code, or by our own end."""
    chance, codes = random.Random(2), Counter[int]()
    async with running(tmp_path) as world:
        agent = await world.add_agent("Asha", "+919999911101")
        upgrade = UPGRADE.format(token=agent.token).encode()
        for _ in range(200 if at_length else 12):
            attacks = [
                hello(number) + b"".join(hostile_frame(chance) for _ in range(5)) for number in range(10)
            ]
            port = world.relay.port
            for raw in await asyncio.gather(*(answer_to(attack, port, upgrade) for attack in attacks)):
                closes = [content for code, content in frames_in(raw) if code == 8]
                codes.update(int.from_bytes(content[:2], "big") for content in closes)
        await still_serves(world, agent, "proper")

    assert set(codes) <= FAIR_CODES, codes
    assert {1002, 4002} <= set(codes), codes
    assert "a bug of ours" not in caplog.text
