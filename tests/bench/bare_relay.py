"""What Python can do here at best: parse, store many in one commit, write frames. No calls, no limits.

Not for use: it trusts everybody. It says how much of our time is the work itself, and how much is the way.
"""

import asyncio
import base64
import hashlib
import re
import sqlite3
import sys
from typing import cast

import httptools
import uvloop

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PHONE = re.compile(rb'"phone_number": "([^"]+)"')
STORED = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\r\n{"status":"stored"}'

connected: dict[bytes, asyncio.Transport] = {}
waiting: list[tuple[bytes, bytes, asyncio.Transport]] = []


class Connection(asyncio.Protocol):
    """One desktop, or one line of the provider."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._parser = httptools.HttpRequestParser(self)
        self._headers: dict[bytes, bytes] = {}
        self._body = b""
        self._upgraded = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse; what a desktop says is ignored."""
        if not self._upgraded:
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade:
                self._upgrade()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Remember."""
        self._headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        """Remember."""
        self._body += body

    def on_message_complete(self) -> None:
        """Store with all that comes in the same turn of the loop."""
        if b"upgrade" in self._headers:
            return
        if not waiting:
            asyncio.get_running_loop().call_soon(self._commit)
        found = PHONE.search(self._body)
        waiting.append((found[1] if found else b"", self._body, self._transport))
        self._body = b""

    def _upgrade(self) -> None:
        self._upgraded = True
        accept = base64.b64encode(hashlib.sha1(self._headers[b"sec-websocket-key"] + GUID).digest())  # noqa: S324
        connected[self._headers[b"authorization"].removeprefix(b"Bearer ")] = self._transport
        head = b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        self._transport.write(head + b"sec-websocket-accept: " + accept + b"\r\n\r\n")

    def store(self, database: sqlite3.Connection, bodies: list[bytes]) -> None:
        """Write what came."""
        database.executemany("INSERT INTO events (body) VALUES (?)", [(body,) for body in bodies])

    def _commit(self) -> None:
        with self._database as database:
            self.store(database, [body for _, body, _ in waiting])
        for agent, body, provider in waiting:
            if agent in connected:
                connected[agent].write(b"\x81\x7e" + len(body).to_bytes(2, "big") + body)
            provider.write(STORED)
        waiting.clear()


def prepared(path: str) -> sqlite3.Connection:
    """One table, and no index."""
    database = sqlite3.connect(path)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
        database.execute(statement)
    database.execute("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, body TEXT)")
    return database


async def main(database: sqlite3.Connection, port: int, connection: type[Connection] = Connection) -> None:
    """Serve for ever."""
    server = await asyncio.get_running_loop().create_server(lambda: connection(database), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(prepared(sys.argv[1]), int(sys.argv[2])))
