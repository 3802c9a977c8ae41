"""Posting as MyOperator does, against a real receiver on loopback."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs

import pytest

from cti_desktop.simulator.facts import Posted
from cti_desktop.simulator.poster import BodyForm, CredentialKind, Credentials, Poster, Receipt, encoded
from tests.helpers.calls import NOON
from tests.helpers.receiver import Answer, Pauses, receiving

BODY = {"uid": "n2.1", "name": "आशा"}
POSTED = Posted(NOON, "incall", "n2.1", BODY)
SECRET = "s3cret"
STORED: Answer = (200, {}, '{"status": "stored"}')


def test_forms() -> None:
    """The four in which MyOperator posts a body."""
    text = json.dumps(BODY, ensure_ascii=False)
    assert (text.encode(), "application/json") == encoded(BODY, BodyForm.BARE)
    assert {"myoperator": BODY} == json.loads(encoded(BODY, BodyForm.WRAPPED)[0])
    assert {"myoperator": text} == json.loads(encoded(BODY, BodyForm.STRING)[0])
    form, content_type = encoded(BODY, BodyForm.FORM)
    assert ({"myoperator": [text]}, "application/x-www-form-urlencoded") == (
        parse_qs(form.decode()),
        content_type,
    )


def test_the_secret_is_not_shown() -> None:
    """Not in a log, nor in a traceback."""
    assert SECRET not in repr(Credentials(SECRET))


async def test_a_post_that_is_stored() -> None:
    """By default bare JSON, and the secret in a header of its own."""
    async with receiving() as receiver, Poster(receiver.url, Credentials(SECRET)) as poster:
        receipt = await poster.post(POSTED)
    assert (Receipt(200, "stored", 1), True) == (receipt, receipt.accepted)
    (request,) = receiver.requests
    assert BODY == request.json
    assert ("application/json", SECRET) == (
        request.headers["content-type"],
        request.headers["x-webhook-token"],
    )
    assert {} == request.query


@pytest.mark.parametrize("kind", CredentialKind)
async def test_credentials(kind: CredentialKind) -> None:
    """The secret is in the one place that was chosen."""
    async with receiving() as receiver, Poster(receiver.url, Credentials(SECRET, kind)) as poster:
        await poster.post(POSTED)
    (request,) = receiver.requests
    basic = "Basic " + base64.b64encode(f"myoperator:{SECRET}".encode()).decode()
    signature = hmac.new(SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    assert {
        CredentialKind.HEADER: (SECRET, None, None, None),
        CredentialKind.BASIC: (None, basic, None, None),
        CredentialKind.QUERY: (None, None, [SECRET], None),
        CredentialKind.HMAC: (None, None, None, signature),
    }[kind] == (
        request.headers.get("x-webhook-token"),
        request.headers.get("authorization"),
        request.query.get("token"),
        request.headers.get("x-myoperator-signature"),
    )


async def test_it_waits_as_long_as_it_is_asked_to() -> None:
    """503 with Retry-After, and the very same body again."""
    pauses = Pauses()
    busy: Answer = (503, {"Retry-After": "7"}, "")
    async with (
        receiving(busy, busy, STORED) as receiver,
        Poster(receiver.url, Credentials(SECRET), pause=pauses) as poster,
    ):
        receipt = await poster.post(POSTED)
    assert (Receipt(200, "stored", 3), [7.0, 7.0]) == (receipt, pauses)
    assert 1 == len({request.body for request in receiver.requests})


@pytest.mark.parametrize(
    ("asked", "waited"), [("3600", 30.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 3.0), ("", 3.0)]
)
async def test_it_does_not_wait_for_ever(asked: str, waited: float) -> None:
    """Nor for what it can't read."""
    pauses = Pauses()
    async with (
        receiving((503, {"Retry-After": asked} if asked else {}, "")) as receiver,
        Poster(receiver.url, Credentials(SECRET), pause=pauses) as poster,
    ):
        await poster.post(POSTED)
    assert [waited] == pauses


async def test_it_gives_up_after_four_tries() -> None:
    """As MyOperator does."""
    pauses = Pauses()
    broken: Answer = (500, {}, "")
    async with (
        receiving(*[broken] * 4) as receiver,
        Poster(receiver.url, Credentials(SECRET), pause=pauses) as poster,
    ):
        receipt = await poster.post(POSTED)
    assert (Receipt(500, "Internal Server Error", 4), False) == (receipt, receipt.accepted)
    assert [3.0] * 3 == pauses


@pytest.mark.parametrize("status", [401, 404, 405, 413])
async def test_a_refusal_is_final(status: int) -> None:
    """Trying again would not help."""
    async with receiving((status, {}, "[]")) as receiver, Poster(receiver.url, Credentials("x")) as poster:
        receipt = await poster.post(POSTED)
    assert (status, 1, False) == (receipt.status, receipt.tries, receipt.accepted)


async def test_nobody_there() -> None:
    """A receiver that is down is tried as often as one that is busy."""
    async with receiving() as receiver:
        pass
    pauses = Pauses()
    async with Poster(receiver.url, Credentials(SECRET), pause=pauses) as poster:
        receipt = await poster.post(POSTED)
    assert (Receipt(None, "no answer", 4), False) == (receipt, receipt.accepted)
    assert 3 == len(pauses)
