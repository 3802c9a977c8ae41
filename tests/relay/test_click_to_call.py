"""Dialling and recordings, from an agent's errand to MyOperator's API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cti_desktop.core.errands import DIAL, RECORDING, Errand
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.people import Person
from cti_desktop.relay import click_to_call
from cti_desktop.relay.store import Store
from cti_desktop.relay.vendor import VendorApi
from cti_desktop.relay.vendor_config import VendorConfig
from tests.helpers.relay_parts import ASHA, CUSTOMER, leg, new_agent, new_router, report, take
from tests.helpers.relay_store import opened
from tests.helpers.vendor import KEY, TOKEN, Vendor, vendor


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYOP_TOKEN", TOKEN)
    monkeypatch.setenv("MYOP_KEY", KEY)


@asynccontextmanager
async def account(folder: Path) -> AsyncIterator[tuple[Vendor, VendorApi, Store]]:
    """A store and an account that may dial."""
    with opened(folder) as store:
        async with vendor() as server:
            config = VendorConfig(
                "env:MYOP_TOKEN", "c1", "i1", "env:MYOP_KEY", "env:MYOP_KEY", server.url, f"{server.url}/dial"
            )
            api = VendorApi(config)
            try:
                yield server, api, store
            finally:
                await api.close()


async def test_dialling(tmp_path: Path) -> None:
    """The errand's id is the reference by which the outgoing call can be recognised."""
    async with account(tmp_path) as (server, api, store):
        asha = new_agent(store, "Asha", ASHA)
        await click_to_call.live(api, store)[DIAL](asha, CUSTOMER, Errand("e-1", DIAL, "one"))

        (dialled,) = server.dialled
        assert (CUSTOMER, ASHA, "e-1") == (dialled["number"], dialled["number_2"], dialled["reference_id"])


async def test_an_agent_without_a_phone(tmp_path: Path) -> None:
    """Is told so, and so is one whose key is refused."""
    async with account(tmp_path) as (server, api, store):
        dial = click_to_call.live(api, store)[DIAL]
        with pytest.raises(DispositionRejected, match="no phone of yours"):
            await dial(Person("agt_0", "Nobody"), CUSTOMER, Errand("e", DIAL, "one"))
        asha = new_agent(store, "Bina", "+919999911103")
        server.refuses_call = "insufficient\nbalance"
        with pytest.raises(DispositionRejected, match="doesn't make the call: insufficient balance"):
            await dial(asha, CUSTOMER, Errand("e", DIAL, "one"))
        server.broken = True
        with pytest.raises(DispositionRejected, match="answered 500"):
            await dial(new_agent(store, "Asha", ASHA), CUSTOMER, Errand("e", DIAL, "one"))


async def test_a_recording(tmp_path: Path) -> None:
    """Of a call that has one."""
    async with account(tmp_path) as (_, api, store):
        asha = new_agent(store, "Asha", ASHA)
        router = new_router(store)
        take(store, router, report(leg(ASHA), call_id="one", recording="rec.mp3"))
        take(store, router, report(leg(ASHA), call_id="two"))
        listen = click_to_call.live(api, store)[RECORDING]

        assert (await listen(asha, CUSTOMER, Errand("e", RECORDING, "one")))["link"].startswith("https://")
        with pytest.raises(DispositionRejected, match="no recording"):
            await listen(asha, CUSTOMER, Errand("e", RECORDING, "two"))
