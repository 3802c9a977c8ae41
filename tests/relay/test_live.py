"""Commands of the running relay; quarantine has its own tests."""

from collections.abc import Iterable
from pathlib import Path

from cti_desktop.relay import admin
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.live import LiveCommands
from cti_desktop.relay.reload import Reloaded
from cti_desktop.relay.streams import Appended
from tests.helpers.relay_parts import new_router
from tests.helpers.relay_store import NOW, opened


async def nothing_wrong() -> Reloaded:
    """Nothing was wrong."""
    return Reloaded()


async def test_every_live_command_is_there(tmp_path: Path) -> None:
    """Those that `admin` sends here, and what they answer."""
    published: list[Appended] = []

    def publish(appended: Iterable[Appended]) -> None:
        published.extend(appended)

    hub = Hub()
    with opened(tmp_path) as store:
        found = LiveCommands(store, new_router(store), {}, publish, lambda: NOW, nothing_wrong, hub).commands
        replayed = await found["quarantine.replay"]({"after": 0})

        assert set(found) == admin.LIVE | {"token.list"}
        assert await found["relay.reload"]({}) == {"kept": [], "warned": []}
        assert await found["token.list"]({}) == []
    assert replayed == {"understood": 0, "duplicates": 0, "still": 0, "last": 0, "more": False}
    assert published == []
