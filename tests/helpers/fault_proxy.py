"""A bad network between two sockets on this machine: slow, narrow, splitting, cut, or silent for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """What happens to one connection, both ways. 0 means: not at all."""

    delay: float = 0.0  # seconds, each way
    bytes_per_second: int = 0
    split: int = 0  # the largest piece that arrives at once
    cut_after: int = 0  # bytes, then the connection is reset
    silent_after: int = 0  # bytes, then nothing arrives any more, and nobody is told


@dataclass
class FaultProxy:
    """Forwards each connection to `port`; the next one meets the first of `faults`, later ones none."""

    port: int
    faults: list[Fault] = field(default_factory=list)
    listening: int = 0
    _serving: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Where to connect instead."""
        return f"http://127.0.0.1:{self.listening}"

    @classmethod
    @asynccontextmanager
    async def before(cls, port: int) -> "AsyncIterator[FaultProxy]":
        """A proxy before `port`, until the end of the block."""
        proxy = cls(port)
        server = await asyncio.start_server(proxy._serve, "127.0.0.1", 0)
        proxy.listening = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            await proxy.reset()

    async def reset(self) -> None:
        """Cut every connection."""
        serving = list(self._serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        fault = self.faults.pop(0) if self.faults else Fault()
        try:
            there_reader, there = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(carry(reader, there, fault))
                    group.create_task(carry(there_reader, writer, fault))
            finally:
                there.transport.abort()
        except* (OSError, asyncio.CancelledError):
            pass  # cut, by the fault or by `reset`
        finally:
            writer.transport.abort()
            self._serving.discard(task)


async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter, fault: Fault) -> None:
    """From `source` to `sink`, until one of them ends: then `ConnectionResetError`."""
    carried = 0
    while data := await source.read(fault.split or 65536):
        seconds = fault.delay + (len(data) / fault.bytes_per_second if fault.bytes_per_second else 0)
        if seconds:
            await _pass(seconds)
        carried += len(data)
        if fault.cut_after and carried >= fault.cut_after:
            raise ConnectionResetError
        if not fault.silent_after or carried < fault.silent_after:
            sink.write(data)
            await sink.drain()
    raise ConnectionResetError  # one side has ended: so does the connection


async def _pass(seconds: float) -> None:
    """Time is what this network is made of."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()
