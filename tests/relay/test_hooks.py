"""The webhook endpoint without its HTTP, with an ingest that does as it is told."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.providers.delivery import ProviderSettings
from cti_desktop.relay.access import Access
from cti_desktop.relay.disk_guard import DiskGuard
from cti_desktop.relay.hooks import Answer, Hook, Hooks
from cti_desktop.relay.ingest import Arrival, Outcome, Settled, Source
from cti_desktop.relay.metrics import Metrics
from cti_desktop.relay.proxies import network
from tests.helpers.asgi_calls import scope

SOURCE = Source("pbx", "myoperator", ProviderSettings())


class Rig:
    """The endpoint, and what got through."""

    def __init__(self) -> None:
        self.access = Access(secrets={"pbx": (b"secret",)})
        self.taken: list[Arrival] = []
        self.outcome: Outcome | BaseException = Outcome.STORED
        self.disk = DiskGuard(Path(), self.usage, lambda: 0.0)
        self.free = 50
        self.metrics = Metrics()
        self.hook = Hook(SOURCE, b"x-key")
        self.hooks = self.endpoint(self.hook)

    def endpoint(self, hook: Hook) -> Hooks:
        """With `hook` as its only source."""
        return Hooks({"pbx": hook}, lambda: self.access, self.take, self.disk, self.metrics)

    def usage(self, _folder: Path) -> tuple[int, int, int]:
        """Total, used and free bytes of the disk."""
        return 100, 100 - self.free, self.free

    def counted(self, outcome: str) -> float | None:
        """How many unread deliveries are counted so."""
        labels = {"source": "pbx", "kind": "unread", "outcome": outcome}
        return self.metrics.registry.get_sample_value("cti_relay_ingest_total", labels)

    def take(self, arrival: Arrival, settled: Settled) -> None:
        """Stand in for the store."""
        self.taken.append(arrival)
        asyncio.get_running_loop().call_soon(settled, self.outcome)

    async def ask(
        self, body: bytes = b"{}", name: str = "pbx", method: str = "POST", query: str = "", **headers: str
    ) -> Answer:
        """One request."""
        headers = {key.replace("_", "-"): value for key, value in headers.items()}
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        request = scope(method, headers=headers, query=query)
        self.hooks.take(name, request, body, self.hooks.now(), answered.set_result)
        return await answered


@pytest.fixture
def rig() -> Rig:
    """The endpoint."""
    return Rig()


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_every_outcome_is_200(rig: Rig, outcome: Outcome) -> None:
    """A refusal would lose the call."""
    rig.outcome = outcome
    answer = await rig.ask(x_key="secret")

    assert (200, {"status": outcome.value}) == (answer.status, answer.payload)


async def test_ingest_gets_it_whole_but_without_the_credential(rig: Rig) -> None:
    """Body, type and parameters as they came."""
    await rig.ask(b"body", query="token=secret&public_ivr_id=5", content_type="text/x; charset=utf-8")
    [arrival] = rig.taken

    assert Arrival(SOURCE, "text/x; charset=utf-8", b"body", {"public_ivr_id": "5"}) == arrival


@pytest.mark.warning_logs("pbx: a delivery from 127.0.0.1 was refused, the first")
async def test_without_a_secret_nothing_is_taken(rig: Rig) -> None:
    """401, counted, and not a word why."""
    answers = [await rig.ask(), await rig.ask(x_key="wrong")]
    rig.access = Access()
    answers.append(await rig.ask(x_key="secret"))

    assert [401] * 3 == [answer.status for answer in answers]
    assert {"error": "unauthorized"} == answers[0].payload
    assert ([], 3) == (rig.taken, rig.hooks.refused.counted["pbx"].count)


async def test_unknown_sources(rig: Rig) -> None:
    """404, for the empty name too."""
    assert [404, 404] == [(await rig.ask(name=name, x_key="secret")).status for name in ("", "pbx/x")]


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "DELETE"])
async def test_other_methods(rig: Rig, method: str) -> None:
    """405 with what to change where."""
    answer = await rig.ask(method=method, x_key="secret")

    assert (405, "POST") == (answer.status, answer.headers["allow"])
    assert "panel" in answer.payload["mend"]


@pytest.mark.warning_logs("pbx: a delivery was not stored")
@pytest.mark.parametrize("error", [StorageError("disk full"), StorageError("…", code="busy")])
async def test_what_was_not_stored_shall_come_again(rig: Rig, error: Exception) -> None:
    """503, and when to try again."""
    rig.outcome = error
    answer = await rig.ask(x_key="secret")

    assert (503, "5") == (answer.status, answer.headers["retry-after"])


@pytest.mark.warning_logs("pbx: a delivery was not stored: busy")
async def test_a_full_queue_is_told_at_once(rig: Rig) -> None:
    """503 as well: nothing of it is kept."""

    def refuse(_arrival: Arrival, _settled: Settled) -> None:
        raise StorageError("busy", code="busy")

    rig.hooks = Hooks({"pbx": rig.hook}, lambda: rig.access, refuse, metrics=rig.metrics)

    assert (503, 1) == ((await rig.ask(x_key="secret")).status, rig.counted("unavailable"))


class Hurried(Hooks):
    """Has no time."""

    commit_seconds = 0.0


@pytest.mark.warning_logs("pbx: a delivery was not stored: the disk is too slow")
async def test_nobody_waits_for_a_slow_disk(rig: Rig) -> None:
    """503; what comes of the delivery later is not said any more."""
    waiting: list[Settled] = []
    rig.hooks = Hurried(
        {"pbx": rig.hook}, lambda: rig.access, lambda _arrival, settled: waiting.append(settled)
    )
    answer = await rig.ask(x_key="secret")
    [settled] = waiting
    settled(Outcome.STORED)  # a second answer would be one too many for `ask`

    assert 503 == answer.status


@pytest.mark.warning_logs("a bug of ours ended a request to /hooks/pbx: ZeroDivisionError")
async def test_a_bug_is_answered_without_a_word(rig: Rig) -> None:
    """500."""
    rig.outcome = ZeroDivisionError("private")

    assert (500, {"error": "internal error"}) == ((a := await rig.ask(x_key="secret")).status, a.payload)


@pytest.mark.warning_logs("the disk of the store is full")
async def test_a_full_disk_refuses_before_anything_is_half_written(rig: Rig) -> None:
    """503 with Retry-After; a stranger still learns nothing of the disk."""
    rig.free = 1
    full = await rig.ask(x_key="secret")

    assert (full.status, full.headers["retry-after"]) == (503, "5")
    assert (rig.taken, rig.counted("unavailable")) == ([], 1)


@pytest.mark.warning_logs("from 127.0.0.1, which is not among its allowed_addresses, was refused")
async def test_strangers_are_refused_where_that_is_wished(rig: Rig) -> None:
    """403 even with the right secret, and counted."""
    rig.hooks = rig.endpoint(replace(rig.hook, allowed=(network("103.21.77.0/24"),), strict=True))
    answer = await rig.ask(x_key="secret")

    assert (answer.status, rig.taken, rig.counted("stranger")) == (403, [], 1)


@pytest.mark.warning_logs("from 127.0.0.1, which is not among its allowed_addresses, was judged")
async def test_strangers_are_reported_otherwise(rig: Rig) -> None:
    """Their secret counts."""
    rig.hooks = rig.endpoint(replace(rig.hook, allowed=(network("103.21.77.0/24"),)))

    assert (await rig.ask(x_key="secret")).status == 200


@pytest.mark.warning_logs("the first since the secrets were changed")
async def test_refusals_are_measured_since_the_rotation(rig: Rig) -> None:
    """For an alarm."""
    for _ in range(3):
        await rig.ask(x_key="old")

    labels = {"source": "pbx"}
    assert rig.metrics.registry.get_sample_value("cti_relay_refused_since_rotation", labels) == 3
    assert rig.counted("refused") == 3
