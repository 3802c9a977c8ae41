"""A small HTTP proxy that does `CONNECT` and nothing else; every name leads to this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from tests.helpers.fault_proxy import Fault, carry


@dataclass
class ConnectProxy:
    """`answer` is the status line for those that it doesn't let through; `asked`: where they wanted to go."""

    answer: str = "200 Connection established"
    asked: list[str] = field(default_factory=list)
    url: str = ""

    @classmethod
    @asynccontextmanager
    async def listening(cls, answer: str = "200 Connection established") -> AsyncIterator[Self]:
        """A proxy, until the end of the block."""
        proxy = cls(answer)
        server = await asyncio.start_server(proxy._serve, "127.0.0.1", 0)
        proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            yield proxy

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
            method, target, _ = request.split(" ", 2)
            assert method == "CONNECT"
            self.asked.append(target)
            writer.write(f"HTTP/1.1 {self.answer}\r\n\r\n".encode())
            if self.answer.startswith("200"):
                await _join(reader, writer, int(target.rpartition(":")[2]))
        writer.close()


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    there_reader, there = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(carry(reader, there, Fault()))
            group.create_task(carry(there_reader, writer, Fault()))
    except* OSError:
        pass  # one side has ended
    finally:
        there.transport.abort()
