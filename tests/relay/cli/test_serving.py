"""`cti-relay serve` where it can't: the rest is shown end to end."""

import asyncio
import socket

import pytest
import uvloop

from cti_desktop.relay.cli.serving import _loop_factory
from tests.helpers.relay_cli import Keyboard
from tests.relay.test_probes import answering, control_file


def test_a_port_that_is_taken(keyboard: Keyboard) -> None:
    """The address is named, and nothing is left running."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = keyboard.types("serve", "--port", str(taken.getsockname()[1]), code=1)

    assert "server.port" in said


def test_a_port_without_encryption(keyboard: Keyboard, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever opens the port to others is told what travels there, and what to do: once, before it serves."""
    with socket.create_server(("0.0.0.0", 0)) as taken:  # noqa: S104 - so that nothing is served
        for host in ("0.0.0.0", "127.0.0.1"):  # noqa: S104
            keyboard.types("serve", "--host", host, "--port", str(taken.getsockname()[1]), code=1)

    [record] = caplog.records
    assert (record.levelname, "listens on 0.0.0.0 without TLS" in record.message) == ("WARNING", True)
    assert "trusted_proxies" in record.message


def test_a_port_that_is_none(keyboard: Keyboard) -> None:
    """A wrong option is wrong usage."""
    assert "--port" in keyboard.types("serve", "--port", "70000", code=2)


def test_the_quick_loop_is_used() -> None:
    """Where uvloop is, it serves."""
    assert _loop_factory() is uvloop.new_event_loop
    assert issubclass(uvloop.Loop, asyncio.AbstractEventLoop)


def test_a_relay_that_runs_already(keyboard: Keyboard) -> None:
    """It is named with its address, before anybody blames a port."""
    with answering(200) as port:
        control_file(keyboard.folder, port)
        said = keyboard.types("serve", "--port", "0", code=1)

    assert f"serves this store already: the relay answers at http://127.0.0.1:{port} (process 42)" in said
