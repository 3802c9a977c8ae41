"""A relay in a process of its own that can be told at which point of its work to die, as by `kill -9`.

The points lie outside of our code: SQLite's trace of statements, the hub, the frames that leave the program.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cti_desktop.relay.app import Relay
from cti_desktop.relay.cli.serving import _loop_factory, _stop_after
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.hook_http import HookHttp
from cti_desktop.relay.hooks import Answer
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.server import PROMPT
from cti_desktop.relay.sockets import Prompt
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from tests.helpers.relay_world import relay_config

# What happens next when the relay dies there. Words of SQL begin a statement.
POINTS = (
    "BEGIN",
    "INSERT INTO inbox",
    "INSERT INTO calls",
    "INSERT INTO stream",
    "INSERT INTO dispositions",
    "COMMIT",
    "tell the sessions of a commit",
    "answer a post",
    "post is answered",
    "send an event",
    "send stored",
)


@dataclass
class Bomb:
    """Kills this process when it comes past `point` for the `fuse`-th time."""

    point: str = ""
    fuse: int = 1

    def passing(self, point: str) -> None:
        """Note that the process comes past a point."""
        if self.point and point.startswith(self.point):
            self.fuse -= 1
            if self.fuse <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class _MinedHub(Hub):
    def __init__(self, bomb: Bomb) -> None:
        super().__init__()
        self._bomb = bomb

    def publish(self, appended: Iterable[Appended]) -> None:
        events = list(appended)
        if events:
            self._bomb.passing("tell the sessions of a commit")
        super().publish(events)


class _MinedHttp(HookHttp):
    def __init__(self, *uvicorns: Any, bomb: Bomb, **more: Any) -> None:  # noqa: ANN401 - uvicorn's
        super().__init__(*uvicorns, **more)
        self._bomb = bomb

    def write(self, answer: Answer, *, keep_alive: bool, bodiless: bool) -> None:
        self._bomb.passing("answer a post")
        super().write(answer, keep_alive=keep_alive, bodiless=bodiless)
        self._bomb.passing("post is answered")


class MinedRelay(Relay):
    """A relay with a bomb in it."""

    def __init__(self, config: RelayConfig, bomb: Bomb, **more: Any) -> None:  # noqa: ANN401 - Relay's
        super().__init__(config, **more)
        self.hub = _MinedHub(bomb)
        self._bomb = bomb

    def _connection(self, *uvicorns: Any, **more: Any) -> HookHttp:  # noqa: ANN401 - uvicorn's
        return _MinedHttp(*uvicorns, bomb=self._bomb, hooks=self._endpoint, **more)

    def _furnished(self) -> ASGIApp:
        return partial(_mined, super()._furnished(), self._bomb)


async def _mined(app: ASGIApp, bomb: Bomb, scope: Scope, receive: Receive, send: Send) -> None:
    async def told(message: Message) -> None:
        _pass_frame(bomb, message.get("text") or "")
        await send(message)

    extensions = scope.setdefault("extensions", {})
    if PROMPT in extensions:
        extensions[PROMPT] = _MinedPrompt(extensions[PROMPT], bomb)
    await app(scope, receive, told)


def _pass_frame(bomb: Bomb, text: str) -> None:
    if text.startswith('{"type":"event"'):
        bomb.passing("send an event")
    elif text.startswith('{"type":"stored"'):
        bomb.passing("send stored")


@dataclass
class _MinedPrompt:
    prompt: Prompt
    bomb: Bomb

    @property
    def ready(self) -> bool:
        return self.prompt.ready

    def write(self, text: bytes) -> None:
        _pass_frame(self.bomb, text.decode())
        self.prompt.write(text)


class QuickDisk(Store):
    """Its event loop commits what is no crowd, however slow the disk is just now."""

    quick_seconds = 60.0


class SlowDisk(Store):
    """What its event loop wrote, its thread commits."""

    quick_seconds = 0.0


def serve(folder: Path, bomb: Bomb, started: Connection) -> None:
    """The process: tells its address through `started`, ends at SIGTERM, logs beside `folder`."""
    logging.basicConfig(filename=log_of(folder), level=logging.INFO)

    @event.listens_for(Engine, "connect")
    def trace(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(bomb.passing)

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        disk = SlowDisk if bomb.fuse % 2 else QuickDisk
        runner.run(_serve(MinedRelay(relay_config(folder), bomb, open_store=disk.open), started))


def log_of(folder: Path) -> Path:
    """Where the relay of a folder logs: not inside, as the disk there may be full."""
    return folder.with_name(f"{folder.name}.log")


async def _serve(relay: Relay, started: Connection) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await relay.start()
    started.send(relay.url)
    async with asyncio.TaskGroup() as group:
        ending = group.create_task(_stop_after(stopping, relay), name="stop at a signal")
        await relay.wait()
        ending.cancel()


@dataclass
class RelayProcess:
    """A started process, and where it listens. As a context manager it is gone at the end."""

    process: BaseProcess
    url: str

    @classmethod
    def start(
        cls, folder: Path, bomb: Bomb | None = None, target: Callable[..., None] = serve
    ) -> "RelayProcess":
        """Start one on the store in `folder`. Raises `EOFError` where it dies before it listens."""
        # Forked from a process that has imported everything already: a trial costs no second.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = context.Process(target=target, args=(folder, bomb or Bomb(), theirs), name="relay")
        process.start()
        theirs.close()
        with ours:
            if not ours.poll(20):
                process.kill()
                raise EOFError("the relay didn't start")
            try:
                return cls(process, ours.recv())
            except EOFError:
                process.join()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(20)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    def kill(self) -> None:
        """Die at once, wherever it is."""
        self.process.kill()
        self.process.join()

    @property
    def exit_code(self) -> int | None:
        """How it ended: negative for a signal."""
        self.process.join(20)
        return self.process.exitcode
