"""The demo's relay: a real one with a real SQLite file, in a thread, so that it can be switched off."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from cti_desktop.relay import admin
from cti_desktop.relay.app import Relay
from cti_desktop.relay.config import DEFAULT_SOURCE, RelayConfig, ServerConfig, StoreConfig
from cti_desktop.simulator.facts import SimAgent

ME: Final = SimAgent("Priya Sharma", "+919999911103", "priya@example.in", "12", "5cd40f6556f2f126")
RAVI: Final = SimAgent("Ravi Nair", "+919999911102", "ravi@example.in", "11", "5cd40f6556f2f125")
DID: Final = "+918000000042"
CONTACTS: Final = {
    "+919999900001": "Asha Traders",
    "+919999900005": "अनन्या देशमुख",
    "+919999900009": "Meridian Logistics",
}


class _Running:
    """One life of the relay, from start to stop."""

    def __init__(self, config: RelayConfig) -> None:
        self.port = 0
        self._up = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._live, args=(config,), name="demo relay")
        self._thread.start()
        self._up.wait()
        self._raise_error()

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _raise_error(self) -> None:
        if self._error is not None:
            self._thread.join()
            raise self._error

    def _live(self, config: RelayConfig) -> None:
        try:
            asyncio.run(self._serve(config))
        except BaseException as error:  # noqa: BLE001 - raised where it was started
            self._error = error
        finally:
            self._up.set()

    async def _serve(self, config: RelayConfig) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        async with Relay(config) as relay:
            self.port = relay.port
            self._up.set()
            await self._stopping.wait()


@dataclass(slots=True)
class Office:
    """A relay with two agents, a webhook secret and a few known callers. Its methods block for moments."""

    folder: Path
    token: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    _config: RelayConfig = field(init=False)
    _running: _Running | None = None

    def __post_init__(self) -> None:
        """Nothing runs yet."""
        store = StoreConfig(f"sqlite:///{self._file}")
        self._config = RelayConfig(ServerConfig(port=0), store)

    @property
    def _file(self) -> Path:
        return self.folder / "relay.sqlite3"

    @property
    def url(self) -> str:
        """Where the desktop finds the relay, also while that is switched off."""
        return f"http://127.0.0.1:{self._config.server.port}"

    @property
    def hook(self) -> str:
        """Where webhooks are posted to."""
        return f"{self.url}/hooks/{DEFAULT_SOURCE}"

    @property
    def is_open(self) -> bool:
        """Whether the relay runs."""
        return self._running is not None

    def furnish(self, agents: Sequence[SimAgent] = (ME, RAVI)) -> None:
        """Switch on, and enter agents, callers, our line's name, one secret, and my token."""
        self.open()
        for agent in agents:
            self._admin("agent.add", name=agent.name, phones=[agent.phone], email=agent.email)
        for number, name in CONTACTS.items():
            self._admin("contact.add", name=name, phones=[number])
        self._admin("did.label", number=DID, label="Sales – Mumbai")
        self.secret = self._admin("secret.add", source=DEFAULT_SOURCE)["secret"]
        self.token = self._admin("agent.token", agent=ME.name, device="demo")["token"]

    def open(self) -> None:
        """Switch the relay on, at the address that it had before."""
        self._running = _Running(self._config)
        self._config = replace(self._config, server=replace(self._config.server, port=self._running.port))

    def close(self) -> None:
        """Switch the relay off, as a restart of its machine would."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def dispositions(self) -> list[str]:
        """The codes that the relay has stored, oldest first: read from its file, past all our own code."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT code FROM dispositions ORDER BY received_at").fetchall()
        return [str(code) for (code,) in rows]

    def _admin(self, command: str, **args: Any) -> Any:  # noqa: ANN401 - JSON
        return admin.run(self._config, command, args)
