"""The line between `cti-relay` and the running relay, over real sockets."""

import asyncio
import json
import socket
import stat
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import control
from cti_desktop.relay.control import ControlListener, NoAnswer, ask, door
from cti_desktop.relay.refusal import Refused


async def perform(name: str, args: Mapping[str, Any]) -> object:
    """A relay that echoes, refuses, or has a full disk."""
    match name:
        case "refuse":
            raise Refused("no such agent")
        case "break":
            raise StorageError("the disk is full")
        case _:
            return {"name": name, **args}


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """The control file of a listening relay."""
    path = tmp_path / "relay.control"
    listener = ControlListener(path, perform)
    await listener.start(8420, "127.0.0.1")
    yield path
    await listener.stop()


async def asked(path: Path, name: str, /, **args: object) -> Any:  # noqa: ANN401 - JSON
    """What a command gets, asked from another thread as another process would."""
    return await asyncio.to_thread(ask, path, name, args)


async def raw(path: Path, line: bytes) -> bytes:
    """What a line gets."""
    found = door(path)
    assert found is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
    writer.write(line)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_command_is_answered(path: Path) -> None:
    """Arguments go there, the result comes back."""
    assert await asked(path, "agent.add", name="Asha", phones=["1", "2"]) == {
        "name": "Asha",
        "phones": ["1", "2"],
    }


async def test_many_commands_at_once(path: Path) -> None:
    """Each gets its own answer."""
    answers = await asyncio.gather(*(asked(path, "echo", n=n) for n in range(8)))

    assert [answer["n"] for answer in answers] == list(range(8))


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [("refuse", "no such agent", "refused"), ("break", "the disk is full", "storage")],
)
async def test_a_refusal_keeps_its_words(path: Path, name: str, said: str, code: str) -> None:
    """What the relay says is what the person reads."""
    with pytest.raises(Refused) as caught:
        await asked(path, name)

    assert (str(caught.value), caught.value.code) == (said, code)


async def test_the_file_says_where_to_knock(path: Path) -> None:
    """The control file has what a command needs; nobody else may read it, and no repr shows the key."""
    found = door(path)

    assert found is not None
    assert (found.host, found.http) == ("127.0.0.1", 8420)
    assert found.key not in repr(found)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600  # noqa: ASYNC240 - once, in a test


async def test_a_wrong_key_opens_nothing(path: Path) -> None:
    """Another user of this machine can't command the relay."""
    answer = await raw(path, b'{"key":"x","command":"echo","args":{}}\n')

    assert json.loads(answer) == {"error": "wrong key"}


@pytest.mark.parametrize("line", [b"\n", b"[]\n", b'{"key":1}\n', b"\xff\n", b"[" * 5000 + b"\n", b""])
async def test_nonsense_is_no_command(path: Path, line: bytes) -> None:
    """Whatever comes, the listener answers or hangs up, and goes on."""
    if line:
        assert json.loads(await raw(path, line)) == {"error": "not a command"}
    else:
        found = door(path)
        assert found is not None
        _, writer = await asyncio.open_connection("127.0.0.1", found.port)
        writer.close()
        await writer.wait_closed()

    assert await asked(path, "echo") == {"name": "echo"}


async def test_an_endless_line_is_cut_off(path: Path) -> None:
    """The relay doesn't keep what has no end."""
    found = door(path)
    assert found is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
    try:
        writer.write(b"x" * (control.MAX_LINE + 2))
        assert await reader.read() == b""
    except ConnectionError:
        pass  # it hung up while we were still talking
    writer.close()

    assert await asked(path, "echo") == {"name": "echo"}


async def test_stopping_takes_the_file_away(tmp_path: Path) -> None:
    """After a clean stop nobody knocks at a door that isn't there."""
    listener = ControlListener(tmp_path / "c", perform)
    await listener.start()
    await listener.stop()

    assert not (tmp_path / "c").exists()
    with pytest.raises(NoAnswer, match="no relay has left its address"):
        ask(tmp_path / "c", "echo", {})


async def test_stopping_waits_for_what_runs(tmp_path: Path) -> None:
    """A command that was taken is answered, though the relay is stopping."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_name: str, _args: Mapping[str, Any]) -> str:
        begun.set()
        await go_on.wait()
        return "done"

    listener = ControlListener(tmp_path / "c", slow)
    await listener.start()
    async with asyncio.TaskGroup() as group:
        answer = group.create_task(asked(tmp_path / "c", "echo"))
        await begun.wait()
        group.create_task(listener.stop())
        go_on.set()

    assert answer.result() == "done"


async def test_a_file_that_a_killed_relay_left(tmp_path: Path) -> None:
    """A stale file is noticed, and replaced by the next relay."""
    path = tmp_path / "c"
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    path.write_text(json.dumps({"key": "k", "port": port, "pid": 1}), encoding="ascii")
    with pytest.raises(NoAnswer, match=f"no relay answers on port {port}"):
        await asked(path, "echo")

    listener = ControlListener(path, perform)
    await listener.start()
    assert await asked(path, "echo") == {"name": "echo"}
    await listener.stop()


@pytest.mark.parametrize("content", ["", "{}", "[]", "\x00", '{"key":"k","port":"x","pid":1}'])
def test_a_broken_file_is_none(tmp_path: Path, content: str) -> None:
    """A file that is no control file counts as none."""
    (tmp_path / "c").write_text(content, encoding="ascii")

    assert door(tmp_path / "c") is None


async def test_somebody_else_on_the_port(tmp_path: Path) -> None:
    """Another program that took the dead relay's port is no relay."""

    async def chatter(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail ready\r\n")
        writer.close()

    server = await asyncio.start_server(chatter, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    (tmp_path / "c").write_text(json.dumps({"key": "k", "port": port, "pid": 1}), encoding="ascii")

    with pytest.raises(NoAnswer):
        await asked(tmp_path / "c", "echo")
    server.close()
    await server.wait_closed()
