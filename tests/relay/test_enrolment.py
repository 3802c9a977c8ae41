"""Codes into tokens, over bare ASGI and a real store."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from cti_desktop.core.people import Person
from cti_desktop.relay import credentials
from cti_desktop.relay.attempts import WINDOW_SECONDS
from cti_desktop.relay.credentials import TokenIndex
from cti_desktop.relay.enrolment import Enrolment
from cti_desktop.relay.store import Store
from tests.helpers.asgi_calls import Answer, call, scope
from tests.helpers.relay_parts import new_agent
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def asha(store: Store) -> Person:
    """An agent."""
    return new_agent(store, "Asha")


class Rig:
    """The endpoint, its clocks, and how often a token was announced."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock(NOW)
        self.seconds = 0.0
        self.announced = 0
        self.enrolment = Enrolment(store, self.clock, self.announce, lambda: self.seconds)

    async def announce(self) -> None:
        """Count."""
        self.announced += 1

    def code(self, agent: Person) -> str:
        """A fresh code."""
        now = self.clock()
        return self.store.write_now(lambda c: credentials.issue_code(c, agent.id or "", now)).code

    async def post(self, body: object, client: str = "10.0.0.1", method: str = "POST") -> Answer:
        """Ask."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        endpoint = partial(self.enrolment, "https://relay.example")
        return await call(endpoint, scope(method, client=client), raw)

    async def enrol(self, code: str, client: str = "10.0.0.1") -> int:
        """Try a code: the status."""
        return (await self.post({"code": code, "device": "pc"}, client)).status


@pytest.fixture
def rig(store: Store) -> Rig:
    """The endpoint."""
    return Rig(store)


async def test_a_code_becomes_a_token(rig: Rig, store: Store, asha: Person) -> None:
    """The answer tells whose it is and where to connect; the token counts before it is told."""
    answer = await rig.post({"code": rig.code(asha).lower(), "device": "pc"})
    owner = store.read_now(TokenIndex.load).owner(answer.payload["token"])

    assert (200, 1) == (answer.status, rig.announced)
    assert ({"id": asha.id, "name": "Asha"}, "https://relay.example") == (
        answer.payload["agent"],
        answer.payload["relay"],
    )
    assert owner is not None
    assert (asha, "pc") == (owner.agent, owner.device)


async def test_a_nameless_device_gets_a_name(rig: Rig, store: Store, asha: Person) -> None:
    """Blank is no name."""
    answer = await rig.post({"code": rig.code(asha), "device": "  "})
    owner = store.read_now(TokenIndex.load).owner(answer.payload["token"])

    assert owner is not None
    assert "desktop" == owner.device


async def test_used_expired_and_wrong_codes(rig: Rig, asha: Person) -> None:
    """All get the same 403, and announce nothing."""
    used = rig.code(asha)
    await rig.enrol(used)
    again = await rig.enrol(used)
    expired = rig.code(asha)
    rig.clock.now += timedelta(minutes=10)

    assert [403, 403, 403] == [again, await rig.enrol(expired), await rig.enrol("ABCD-EFGH")]
    assert 1 == rig.announced


async def test_five_wrong_tries_per_address(rig: Rig, asha: Person) -> None:
    """Then the address waits ten minutes; others don't."""
    wrong = [await rig.enrol(f"ZZZZ-ZZZ{n}") for n in range(6)]
    right = [await rig.enrol(rig.code(asha)), await rig.enrol(rig.code(asha), "10.0.0.2")]
    rig.seconds = WINDOW_SECONDS
    later = await rig.enrol(rig.code(asha))

    assert [403] * 5 + [429] == wrong
    assert [429, 200, 200] == [*right, later]


async def test_five_tries_per_code(rig: Rig) -> None:
    """Many addresses don't help; nor does another spelling."""
    tries = [await rig.enrol("zzzz zzzo", f"10.0.1.{n}") for n in range(5)]

    assert [403] * 5 == tries
    assert 429 == await rig.enrol("ZZZZ-ZZZ0", "10.0.2.1")


async def test_an_office_behind_one_address(rig: Rig, asha: Person) -> None:
    """Successes don't count as tries."""
    assert [200] * 8 == [await rig.enrol(rig.code(asha)) for _ in range(8)]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"code": 1, "device": "x"}', b'{"code": "x"}', b"\xff"])
async def test_bad_requests(rig: Rig, body: bytes) -> None:
    """What isn't asked properly is 400, and no try."""
    assert {400} == {(await rig.post(body)).status for _ in range(7)}


async def test_other_refusals(rig: Rig) -> None:
    """Method and size."""
    get, large = await rig.post({}, method="GET"), await rig.post(b"x" * 5000)

    assert [(405, "POST"), (413, None)] == [(a.status, a.headers.get("allow")) for a in (get, large)]


async def test_a_broken_disk_costs_no_tries(rig: Rig, store: Store) -> None:
    """The person may try again when it works."""
    store.close()

    assert [503] * 7 == [await rig.enrol("ZZZZ-ZZZZ") for _ in range(7)]
