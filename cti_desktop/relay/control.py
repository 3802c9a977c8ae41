"""How a command reaches the running relay: a JSON line each way over loopback, and a key in a private file.

Only one process may write the store, so while `serve` runs, it must do what `cti-relay agent add` asks for.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from cti_desktop.core.errors import CtiError
from cti_desktop.relay.refusal import Refused

MAX_LINE: Final = 4 * 1024 * 1024
_PATIENCE: Final = 10.0
_ANSWER_PATIENCE: Final = 60.0
_HOST: Final = "127.0.0.1"

Perform = Callable[[str, Mapping[str, Any]], Awaitable[Any]]


class Door(msgspec.Struct, frozen=True):
    """The control file: where the running relay listens; `host` and `http`: its public address and port."""

    key: str
    port: int
    pid: int
    http: int = 0
    host: str = ""

    def __repr__(self) -> str:
        return f"Door(port={self.port}, pid={self.pid})"


class _Request(msgspec.Struct, frozen=True):
    key: str
    command: str
    args: dict[str, Any] = {}


class _Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    result: Any = None
    error: str | None = None
    code: str = Refused.code


class NoAnswer(CtiError):
    """Nobody listens behind the control file: the relay was killed, or there is none."""

    code = "no_answer"


class ControlListener:
    """The relay's end. `perform` runs a command, and raises `CtiError` for one that can't be done."""

    def __init__(self, path: Path, perform: Perform) -> None:
        """`path`: where to leave the control file."""
        self._path = path
        self._perform = perform
        self._key = secrets.token_hex(32)
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.Task[None] | None] = set()

    async def start(self, http_port: int = 0, http_host: str = "") -> None:
        """Listen, and say so in the control file. A file that a killed relay left is replaced."""
        self._server = await asyncio.start_server(self._serve, _HOST, 0, limit=MAX_LINE)
        port = self._server.sockets[0].getsockname()[1]
        door = Door(self._key, port, os.getpid(), http_port, http_host)
        _write_private(self._path, msgspec.json.encode(door))

    async def stop(self) -> None:
        """Take the file away, then stop listening. Commands that run are waited for."""
        self._path.unlink(missing_ok=True)
        if self._server is not None:
            self._server.close()
            await asyncio.gather(*(task for task in self._busy if task), return_exceptions=True)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy.add(task := asyncio.current_task())
        try:
            line = await asyncio.wait_for(reader.readline(), _PATIENCE)
            writer.write(msgspec.json.encode(await self._answer(line)) + b"\n")
            await asyncio.wait_for(writer.drain(), _PATIENCE)
        except (ValueError, OSError, TimeoutError):
            pass  # a line without end, or a peer that went away: nobody to answer
        finally:
            writer.close()
            self._busy.discard(task)

    async def _answer(self, line: bytes) -> _Answer:
        try:
            request = msgspec.json.decode(line, type=_Request)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _Answer(error="not a command")
        if not hmac.compare_digest(request.key.encode(), self._key.encode()):
            return _Answer(error="wrong key")
        try:
            return _Answer(await self._perform(request.command, request.args))
        except CtiError as error:
            return _Answer(error=str(error), code=error.code)


def door(path: Path) -> Door | None:
    """Where a relay says that it listens; None without a readable control file. It may be dead by now."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Door)
    except (OSError, msgspec.DecodeError):
        return None


def ask(path: Path, command: str, args: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """What the relay behind the control file at `path` answers.

    Raises `NoAnswer` where none listens, `Refused` with the relay's own words where it refuses.
    """
    found = door(path)
    if found is None:
        raise NoAnswer(f"no relay has left its address at {path}")
    request = _Request(found.key, command, dict(args))
    try:
        answer = msgspec.json.decode(_exchange(found.port, msgspec.json.encode(request)), type=_Answer)
    except (OSError, msgspec.DecodeError) as error:
        raise NoAnswer(f"no relay answers on port {found.port}: {error}") from None
    if answer.error is not None:
        raise Refused(answer.error, code=answer.code)
    return answer.result


def _exchange(port: int, line: bytes) -> bytes:
    with socket.create_connection((_HOST, port), timeout=_PATIENCE) as link:
        link.sendall(line + b"\n")
        link.settimeout(_ANSWER_PATIENCE)
        with link.makefile("rb") as answers:
            return answers.readline(MAX_LINE)


def _write_private(path: Path, content: bytes) -> None:
    """Readable for nobody else from the first moment, and whole or not there."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
    draft.replace(path)
