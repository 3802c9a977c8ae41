"""`cti-relay serve`: the relay as a process: one line on stdout, logs on stderr, ends at SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Final, NoReturn

import typer

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import admin, logs, probes
from cti_desktop.relay.app import Relay
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.health import Level
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.service_checks import in_the_clear

# Whatever hangs: what was acknowledged is on the disk, and the rest was never promised.
STOP_SECONDS: Final = 28.0
_COLLECT_AFTER: Final = 20_000
_log: Final = logging.getLogger(__name__)


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
    _require_none_running(admin.as_served(config))
    logs.configure(config.log)
    if (open_port := in_the_clear(server)) is not None:
        _log.warning("%s. %s", open_port.says, open_port.mend)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(replace(config, server=server)))


def _require_none_running(config: RelayConfig) -> None:
    """A second relay would stumble over the first one's port, and say nothing of the first."""
    running = probes.server(config, admin.control_file(config))
    if running.level is Level.OK:
        raise Refused(
            f"a relay serves this store already: {running.says}. Let it run, or end that process first"
        )


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(serve)
    app.command()(reload)


def reload(ctx: typer.Context) -> None:
    """Let the running relay read agents, secrets, dispositions and certificate anew, as SIGHUP does."""
    console = Console.of(ctx)
    result = console.run("relay.reload")
    kept, warned = result["kept"], result.get("warned", ())  # an older relay doesn't warn
    console.show(result, "Reloaded, except for what is named." if kept else "Reloaded.")
    for warning in warned:
        typer.echo(f"cti-relay: {warning}", err=True)
    for fault in kept:
        typer.echo(f"cti-relay: not reloaded, the earlier one goes on to count: {fault}", err=True)
    if kept:
        raise typer.Exit(1)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """The quicker loop where there is one: not on Windows."""
    try:
        import uvloop  # noqa: PLC0415 - not everywhere
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


async def _serve(config: RelayConfig) -> None:
    stopping, hangups = asyncio.Event(), asyncio.Event()
    _on_signals(stopping, hangups)
    relay = Relay(config)
    await relay.start()
    _collect_rarely()
    typer.echo(f"listening on {relay.url}")
    died_of: StorageError | None = None
    async with asyncio.TaskGroup() as group:
        ending = group.create_task(_stop_after(stopping, relay), name="relay: stop at a signal")
        reloading = group.create_task(_reload_at_hangup(relay, hangups), name="relay: reload at SIGHUP")
        try:
            await relay.wait()
        except StorageError as error:  # bare, not in the group's wrapping: it is said in one line
            died_of = error
        ending.cancel()
        reloading.cancel()
    if died_of is not None:
        raise died_of


def _collect_rarely() -> None:
    """Let the collector leave alone what is here for good, and look at the rest only now and then.

    Nearly nothing here refers to itself in circles; a look at all recent calls delays every card by some ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)


async def _stop_after(stopping: asyncio.Event, relay: Relay) -> None:
    await stopping.wait()
    _end_by_force_after(STOP_SECONDS)
    await relay.stop()


def _end_by_force_after(seconds: float) -> None:
    """A disk that hangs would keep the process for ever, and its successor out."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.name = "relay: end by force"
    timer.daemon = True
    timer.start()


async def _reload_at_hangup(relay: Relay, hangups: asyncio.Event) -> NoReturn:
    while True:
        await hangups.wait()
        hangups.clear()
        try:
            await relay.reload()
        except StorageError as error:
            _log.error("not reloaded: %s", error)


def _on_signals(stopping: asyncio.Event, hangups: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGHUP, hangups.set)
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stopping.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
