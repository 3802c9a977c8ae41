"""A desktop that ends its own token."""

import logging
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import select

from cti_desktop.core.people import Person
from cti_desktop.relay.credentials import issue_token
from cti_desktop.relay.keys import new_token
from cti_desktop.relay.signing_out import SigningOut
from cti_desktop.relay.tables import tokens
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.asgi_calls import call, scope
from tests.helpers.relay_store import opened
from tests.helpers.relay_world import NOON, running


async def test_over_http(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It counts no more by the time it is told; what is connected by it is closed; others are left alone."""
    caplog.set_level(logging.INFO)
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        person = Person(asha.id, asha.name)
        laptop = await world.relay.store.write(lambda c: issue_token(c, person, "laptop", NOON))
        await world.relay.refresh()
        mine = {"Authorization": f"Bearer {asha.token}"}
        async with world.desktop(asha) as desktop:
            get = await world.http.get("/sign-out", headers=mine)
            done = await world.http.post("/sign-out", headers=mine)
            assert await desktop.close_code() == CloseCode.AUTH
        again = await world.http.post("/sign-out", headers=mine)
        renewed = await world.http.post("/renew", headers=mine)
        other = await world.http.post("/renew", headers={"Authorization": f"Bearer {laptop.token}"})
        strangers = [
            (await world.http.post("/sign-out", headers={"Authorization": shown})).status_code
            for shown in ("", "Bearer", "Bearer ctid_x", f"Basic {laptop.token}")
        ]
        ended = await world.relay.store.read(
            lambda c: list(c.execute(select(tokens.c.id).where(tokens.c.revoked_at.is_not(None))).scalars())
        )

    assert (done.status_code, done.json()) == (200, {"signed_out": True})
    assert [get.status_code, again.status_code, renewed.status_code, other.status_code] == [
        405,
        401,
        401,
        200,
    ]
    assert (strangers, len(ended)) == ([401] * 4, 1)
    assert f"signed out: {ended[0]}" in caplog.messages
    assert asha.token not in caplog.text


async def test_a_relay_that_cannot_write(tmp_path: Path) -> None:
    """Says so, and that nothing has ended."""

    async def ended() -> NoReturn:
        raise AssertionError

    with opened(tmp_path) as store:
        store.close()
        headers = {"Authorization": f"Bearer {new_token()}"}
        answer = await call(
            lambda request, _receive, send: SigningOut(store, lambda: NOON, ended)(request, send),
            scope(headers=headers),
        )

    assert answer.status == 503
