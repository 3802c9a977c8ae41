"""Where a command runs: in the relay that serves this store, if one does, else here on the opened store."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import control
from cti_desktop.relay.commands import Args, Circumstances, Outcome, command
from cti_desktop.relay.config import RelayConfig, config_folder
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from cti_desktop.relay.typed_by import typed_by

# A relay that is just starting or stopping has the store, but no ear yet.
_TRIES: Final = 20
_BETWEEN_TRIES: Final = 0.25
_WHO: Final = "who"
Run = Callable[[str, Args], Any]
# Commands that need a running relay.
LIVE: Final = frozenset({"relay.reload", "quarantine.replay"})
LiveCommand = Callable[[Args], Awaitable[Any]]
_NONE: Final[Mapping[str, LiveCommand]] = {}
OnChange = Callable[[tuple[str, ...]], Awaitable[None]]


def control_file(config: RelayConfig) -> Path:
    """Where the relay of this configuration leaves its control file: beside its store."""
    if config.store.file is not None:
        return config.store.file.with_suffix(".control")
    return (config.path.parent if config.path else config_folder()) / "relay.control"


def as_served(config: RelayConfig) -> RelayConfig:
    """`config` with the address at which the relay really listens: `serve --host` may have said another."""
    door = control.door(control_file(config))
    if door is None or not door.host:
        return config
    return replace(config, server=replace(config.server, host=door.host))


def run(config: RelayConfig, name: str, args: Args, *, tries: int = _TRIES) -> Any:  # noqa: ANN401 - JSON
    """Run a command wherever it must be, and return its result as plain JSON values.

    Raises `Refused`, or `StorageError` where the store can't be opened.
    """
    args = _signed(args)
    while True:
        try:
            return control.ask(control_file(config), name, args)
        except control.NoAnswer:
            pass
        try:
            return run_here(config, name, args)
        except StorageError as error:
            tries -= 1
            if error.code != "in_use" or not tries:
                raise
        time.sleep(_BETWEEN_TRIES)


def run_here(config: RelayConfig, name: str, args: Args) -> Any:  # noqa: ANN401 - JSON
    """Run a command on a store that nobody else has open."""
    if name in LIVE:
        raise Refused("only a running relay can do that: start it first (cti-relay serve)")
    store = Store.open(config.store.url)
    try:
        return msgspec.to_builtins(store.write_now(_job(config, name, args)).result)
    finally:
        store.close()


@contextmanager
def conversation(config: RelayConfig) -> Iterator[Run]:
    """How to run many commands one after another: the store, if nobody else has it, is opened only once."""
    here: Store | None = None
    if control.door(control_file(config)) is None:
        try:
            here = Store.open(config.store.url)
        except StorageError as error:
            if error.code != "in_use":
                raise

    def run_one(name: str, args: Args) -> Any:  # noqa: ANN401 - JSON
        if here is None:
            return run(config, name, args)
        return msgspec.to_builtins(here.write_now(_job(config, name, _signed(args))).result)

    try:
        yield run_one
    finally:
        if here is not None:
            here.close()


def performer(
    config: RelayConfig, store: Store, on_change: OnChange, live: Mapping[str, LiveCommand] = _NONE
) -> control.Perform:
    """How the running relay runs commands. After each one that writes, `on_change` gets the ended tokens.

    `live` are those that need more of the relay than its store.
    """

    async def perform(name: str, args: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        if name in live:
            return await live[name](args)
        if not command(name).writes:
            return (await store.read(_job(config, name, args))).result
        outcome = await store.write(_job(config, name, args))
        await on_change(outcome.ended_tokens)
        return outcome.result

    return perform


def _signed(args: Args) -> Args:
    """`args` with who typed it, as the relay that carries it out can't know."""
    return {**args, _WHO: typed_by()}


def _job(config: RelayConfig, name: str, args: Args) -> Callable[[Connection], Outcome]:
    region = next(iter(config.sources.values())).region
    at = Circumstances(datetime.now(UTC), region, tuple(config.sources), str(args.get(_WHO, "cti-relay")))
    return lambda conn: command(name).run(conn, args, at)
