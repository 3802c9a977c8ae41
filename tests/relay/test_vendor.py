"""MyOperator's API, spoken to a stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.vendor import VendorApi, VendorError
from cti_desktop.relay.vendor_config import VendorConfig
from tests.helpers.vendor import KEY, TOKEN, Vendor, logged, vendor

START = datetime(2026, 8, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYOP_TOKEN", TOKEN)
    monkeypatch.setenv("MYOP_KEY", KEY)


def config(server: Vendor, **more: Any) -> VendorConfig:  # noqa: ANN401 - VendorConfig's
    """An account with everything."""
    settings = {
        "token": "env:MYOP_TOKEN",
        "api_key": "env:MYOP_KEY",
        "secret_token": "env:MYOP_KEY",
        "company_id": "c1",
        "public_ivr_id": "i1",
        "url": server.url,
        "dial_url": f"{server.url}/dial",
    }
    return VendorConfig(**{**settings, **more})


@asynccontextmanager
async def api(server: Vendor, **more: Any) -> AsyncIterator[VendorApi]:  # noqa: ANN401 - VendorConfig's
    """A client that is closed again."""
    client = VendorApi(config(server, **more))
    try:
        yield client
    finally:
        await client.close()


async def test_the_roster() -> None:
    """As the panel has it."""
    async with vendor() as server, api(server) as client:
        server.users = [{"uuid": "u1", "name": "Asha"}]
        assert await client.users() == server.users


@pytest.mark.parametrize("takes_body", [False, True])
async def test_the_call_log_page_by_page(takes_body: bool) -> None:
    """All of it, whether the account wants a query or a body; what it wants is learned once."""
    async with vendor() as server, api(server) as client:
        server.takes_body = takes_body
        first = int(START.timestamp())
        server.log = [logged(first + n) for n in range(230)] + [logged(first - 10)]
        rows = [row async for row in client.call_log(START, START + timedelta(hours=1))]

        assert [row["start_time"] for row in rows] == [first + n for n in range(230)]
        assert [s["log_from"] for s in server.searches] == ["0", "100", "200"]


async def test_a_recording() -> None:
    """Its address, or that there is none."""
    async with vendor() as server, api(server) as client:
        assert (await client.recording_link("rec.mp3")).startswith("https://s3.example.com/")
        with pytest.raises(VendorError, match="no such recording"):
            await client.recording_link("other.mp3")


async def test_dialling_names_the_agent_once() -> None:
    """By user id where it is known, else by phone: both together is refused."""
    async with vendor() as server, api(server) as client:
        await client.dial("+919999900001", "ref-1", user="u1", phone="+919999911101")
        await client.dial("+919999900001", "ref-2", user=None, phone="+919999911101")

    assert [{"user_id": "u1"}, {"number_2": "+919999911101"}] == [
        {k: d[k] for k in ("user_id", "number_2") if k in d} for d in server.dialled
    ]
    assert ("ref-1", "1", "i1") == tuple(
        server.dialled[0][k] for k in ("reference_id", "type", "public_ivr_id")
    )


async def test_what_goes_wrong_is_said_without_the_token() -> None:
    """A refused token, a broken service, nobody there, nothing configured."""
    async with vendor() as server:
        async with api(server, token="env:MYOP_KEY") as client:
            with pytest.raises(VendorError, match="refuses the token") as refused:
                await client.users()
            assert KEY not in str(refused.value)
        async with api(server, public_ivr_id="") as client:
            with pytest.raises(VendorError, match="isn't configured"):
                await client.dial("+919999900001", "r", user="u", phone=None)
        server.broken = True
        async with api(server) as client:
            with pytest.raises(VendorError, match="answered 500"):
                await client.users()
    async with api(server) as client:
        with pytest.raises(VendorError, match="can't be reached"):
            await client.users()


def test_a_secret_that_is_not_there() -> None:
    """Said at the start."""
    with pytest.raises(ConfigError, match="has no NO_SUCH_THING"):
        VendorApi(VendorConfig(token="env:NO_SUCH_THING"))
