"""A webhook receiver on loopback that answers as it is told, for what posts to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

# Status, further headers, body.
Answer = tuple[int, dict[str, str], str]


@dataclass
class Request:
    """What was posted. Header names are in lower case."""

    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """The body, parsed."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """Keeps every request. `answers` are given in turn, then 200."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request per connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = (line.partition(": ") for line in head[1:-2])
        headers = {name.lower(): value for name, _, value in fields}
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append(Request(parse_qs(urlsplit(head[0].split(" ")[1]).query), headers, body))
        status, more, text = self.answers.pop(0) if self.answers else (200, {}, '{"status": "stored"}')
        lines = [f"{name}: {value}" for name, value in {"Content-Length": str(len(text)), **more}.items()]
        start = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"
        writer.write("\r\n".join([start, "Connection: close", *lines, "", text]).encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def receiving(*answers: Answer) -> AsyncIterator[Receiver]:
    """A receiver that listens."""
    receiver = Receiver(answers=list(answers))
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks/myoperator"
    async with server:
        yield receiver


class Pauses(list[float]):
    """Waits for nothing, and keeps how long it should have been."""

    async def __call__(self, seconds: float) -> None:
        """Note it."""
        self.append(seconds)
