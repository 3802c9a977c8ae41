"""`cti-relay serve`: the relay as a process: one line on stdout, logs on stderr, ends at SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Final

import typer

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.app import Relay
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.config import RelayConfig

_CHATTY: Final = ("alembic", "httpx", "uvicorn")


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = None,
) -> None:
    """Serve webhooks and desktops until stopped."""
    config = Console.of(ctx).config()
    server = replace(
        config.server,
        host=config.server.host if host is None else host,
        port=config.server.port if port is None else port,
    )
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(replace(config, server=server)))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(serve)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """The quicker loop where there is one: not on Windows."""
    try:
        import uvloop  # noqa: PLC0415 - not everywhere
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


async def _serve(config: RelayConfig) -> None:
    stopping = asyncio.Event()
    _on_signals(stopping)
    relay = Relay(config)
    await relay.start()
    typer.echo(f"listening on {relay.url}")
    died_of: StorageError | None = None
    async with asyncio.TaskGroup() as group:
        ending = group.create_task(_stop_after(stopping, relay), name="relay: stop at a signal")
        try:
            await relay.wait()
        except StorageError as error:  # bare, not in the group's wrapping: it is said in one line
            died_of = error
        ending.cancel()
    if died_of is not None:
        raise died_of


async def _stop_after(stopping: asyncio.Event, relay: Relay) -> None:
    await stopping.wait()
    await relay.stop()


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stopping.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
