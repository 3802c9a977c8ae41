"""After downtime: what the provider gave up telling is found in its call log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from cti_desktop.core.people import Person
from cti_desktop.relay import history, ledger
from cti_desktop.relay.reconcile import UNTIL, Found, Reconciler
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.vendor import VendorApi, VendorError
from cti_desktop.relay.vendor_config import VendorConfig
from tests.helpers.relay_parts import ASHA, CUSTOMER, leg, new_agent, new_router, report, stream_of, take
from tests.helpers.relay_store import NOW, opened
from tests.helpers.vendor import TOKEN, Vendor, logged, vendor

EARLIER = NOW - timedelta(hours=2)


class Night:
    """A store, a router that knows Asha, and MyOperator's call log."""

    def __init__(self, store: Store, server: Vendor) -> None:
        self.store, self.server = store, server
        self.asha: Person = new_agent(store, "Asha", ASHA, extension="11")
        self.router: Router = new_router(store)
        self.published: list[Appended] = []
        api = VendorApi(VendorConfig(token="env:MYOP_TOKEN", url=server.url))
        self.reconciler = Reconciler(
            api, store, self.router, self.published.extend, lambda: NOW, "IN", timedelta(hours=24)
        )

    async def look(self) -> Found:
        """Compare the last three hours."""
        return await self.reconciler.look(NOW - timedelta(hours=3), NOW)


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYOP_TOKEN", TOKEN)


@asynccontextmanager
async def night(folder: Path) -> AsyncIterator[Night]:
    """Everything, closed at the end."""
    with opened(folder) as store:
        async with vendor() as server:
            found = Night(store, server)
            try:
                yield found
            finally:
                await found.reconciler.api.close()


async def test_a_call_that_never_came_is_recovered(tmp_path: Path) -> None:
    """It ends for its agent, is in the customer's history, and its outcome is owed."""
    async with night(tmp_path) as found:
        found.server.log = [logged(int(EARLIER.timestamp()))]
        assert await found.look() == Found(1, 1)

        (event,) = stream_of(found.store, found.asha)
        assert ("call.ended", "HUNG_UP", 31) == (event.kind, event.reason, event.talk_seconds)
        assert event.call_id.startswith("recovered:")
        assert len(found.published) == 1
        (debt,) = found.store.read_now(ledger.list_owed)
        assert ("Asha", "recovered", CUSTOMER) == (debt["agent"], debt["state"], debt["number"])
        (past,) = found.store.read_now(lambda c: history.last_calls(c, CUSTOMER))
        assert past.at == EARLIER


async def test_it_is_recovered_once(tmp_path: Path) -> None:
    """Every night sees the same log again."""
    async with night(tmp_path) as found:
        found.server.log = [logged(int(EARLIER.timestamp()), connected=False)]
        assert [1, 0, 0] == [(await found.look()).recovered for _ in range(3)]
        assert ["MISSED"] == [event.reason for event in stream_of(found.store, found.asha)]


async def test_calls_that_came_are_left_alone(tmp_path: Path) -> None:
    """Known by customer and time; the log's clock may differ by a minute."""
    async with night(tmp_path) as found:
        done = leg(ASHA, answered=True, answered_at=EARLIER, ended_at=EARLIER + timedelta(seconds=30))
        take(found.store, found.router, report(done, started_at=EARLIER, over=True))
        found.server.log = [logged(int(EARLIER.timestamp()) + 60)]

        assert await found.look() == Found(1, 0)


async def test_a_call_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    """Its webhooks are still coming."""
    async with night(tmp_path) as found:
        take(found.store, found.router, report(leg(ASHA)))
        found.server.log = [logged(int(EARLIER.timestamp()))]

        assert (await found.look()).recovered == 0


async def test_a_long_log(tmp_path: Path) -> None:
    """More than fits into a page or a transaction; two customers at the same moment are two calls."""
    async with night(tmp_path) as found:
        start = int(EARLIER.timestamp())
        found.server.log = [logged(start + n // 2, f"9199999{n:05}") for n in range(120)]

        assert await found.look() == Found(120, 120)


@pytest.mark.warning_logs("1 of 1 calls since .* were recovered")
async def test_the_gap_since_the_last_webhook(tmp_path: Path) -> None:
    """Where it ended is noted, so that the next look begins there."""
    async with night(tmp_path) as found:
        found.server.log = [logged(int(EARLIER.timestamp()))]
        assert await found.reconciler._look() == timedelta(hours=24)

        assert await found.reconciler._look() == timedelta(hours=24)
        first, second = (int(search["from"]) for search in found.server.searches)
        assert NOW.timestamp() - first > 86_400
        assert second - first > 80_000
        assert UNTIL == "reconciled_until"


@pytest.mark.warning_logs("the call log could not be compared: MyOperator answered 500")
async def test_a_broken_api_is_asked_again_soon(tmp_path: Path) -> None:
    """Nothing is noted as compared."""
    async with night(tmp_path) as found:
        found.server.broken = True
        assert await found.reconciler._look() == timedelta(minutes=5)
        with pytest.raises(VendorError):
            await found.look()
