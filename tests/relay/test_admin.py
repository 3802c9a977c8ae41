"""Where a command runs: in the relay that has the store, or here."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import admin
from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig
from cti_desktop.relay.control import ControlListener
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store


@pytest.fixture
def config(tmp_path: Path) -> RelayConfig:
    """The configuration of a relay in a folder of its own."""
    return RelayConfig(ServerConfig(), StoreConfig(f"sqlite:///{tmp_path / 'relay.db'}"))


class Running:
    """What a serving relay has of commands: the store, a listener, and what it was told to reload."""

    def __init__(self, config: RelayConfig) -> None:
        self.config = config
        self.store = Store.open(config.store.url)
        self.changes: list[tuple[str, ...]] = []
        perform = admin.performer(config, self.store, self._changed)
        self.listener = ControlListener(admin.control_file(config), perform)

    async def _changed(self, ended_tokens: tuple[str, ...]) -> None:
        self.changes.append(ended_tokens)


@pytest.fixture
async def running(config: RelayConfig) -> AsyncIterator[Running]:
    """A relay that has the store and listens."""
    running = Running(config)
    await running.listener.start()
    yield running
    await running.listener.stop()
    running.store.close()


async def test_where_it_really_listens(config: RelayConfig, running: Running) -> None:
    """`serve --host` counts, not the file; without a relay, and of an older one, the file does."""
    assert admin.as_served(config) == config  # a relay that didn't say where
    await running.listener.stop()
    assert admin.as_served(config) == config
    await running.listener.start(8420, "192.0.2.7")

    assert admin.as_served(config).server == ServerConfig(host="192.0.2.7")


def test_without_a_relay_it_runs_here(config: RelayConfig) -> None:
    """The store is opened, used and let go again."""
    added = admin.run(config, "agent.add", {"name": "Asha"})

    assert [agent["id"] for agent in admin.run(config, "agent.list", {})] == [added["id"]]


async def test_with_a_relay_it_runs_there(config: RelayConfig, running: Running) -> None:
    """The relay does it, though it alone has the store, and reloads what it keeps in memory."""
    added = await asyncio.to_thread(admin.run, config, "agent.add", {"name": "Asha"})
    token = await asyncio.to_thread(admin.run, config, "agent.token", {"agent": "Asha", "device": "pc"})
    listed = await asyncio.to_thread(admin.run, config, "agent.list", {})
    await asyncio.to_thread(admin.run, config, "token.revoke", {"id": token["id"]})

    assert [agent["id"] for agent in listed] == [added["id"]]
    assert running.changes == [(), (), (token["id"],)]


async def test_both_ways_answer_alike(config: RelayConfig) -> None:
    """Whoever reads the result can't tell where it was made."""
    admin.run(config, "agent.add", {"name": "A"})
    here = admin.run(config, "agent.token", {"agent": "A", "device": "d"})
    (alone,) = admin.run(config, "token.list", {})
    running = Running(config)
    await running.listener.start()
    (there,) = await asyncio.to_thread(admin.run, config, "token.list", {})
    await running.listener.stop()
    running.store.close()

    assert alone == there
    assert (there["id"], type(there["created_at"])) == (here["id"], str)


async def test_refusals_come_back(config: RelayConfig, running: Running) -> None:
    """A command that can't be done says so from there as from here, and nothing is reloaded."""
    with pytest.raises(Refused, match="there is no agent 'Nobody'"):
        await asyncio.to_thread(admin.run, config, "agent.enrol", {"agent": "Nobody"})
    with pytest.raises(Refused, match="older than this command"):
        await asyncio.to_thread(admin.run, config, "agent.promote", {})

    assert running.changes == []


def test_somebody_has_the_store_and_is_silent(config: RelayConfig) -> None:
    """A store that stays in use is given up with the name of who has it."""
    store = Store.open(config.store.url)

    with pytest.raises(StorageError, match="uses this store") as caught:
        admin.run(config, "agent.list", {}, tries=2)

    assert caught.value.code == "in_use"
    store.close()


def test_the_control_file_lies_beside_the_store(config: RelayConfig, tmp_path: Path) -> None:
    """Two configurations of one store meet at one file."""
    server = StoreConfig("postgresql://db/relay")

    assert admin.control_file(config) == tmp_path / "relay.control"
    assert admin.control_file(RelayConfig(ServerConfig(), server, path=tmp_path / "c" / "relay.toml")) == (
        tmp_path / "c" / "relay.control"
    )
    assert admin.control_file(RelayConfig(ServerConfig(), server)).name == "relay.control"
