"""Who may come in."""

import base64
import hashlib
import hmac
from pathlib import Path

import pytest

from cti_desktop.relay import credentials
from cti_desktop.relay.access import Access, without_token
from tests.helpers.asgi_calls import scope
from tests.helpers.relay_parts import new_agent
from tests.helpers.relay_store import NOW, opened

BODY = b'{"uid": "1"}'
ACCESS = Access(secrets={"pbx": (b"old", b"new"), "other": (b"theirs",)})


def basic(user: str, password: str) -> dict[str, str]:
    """HTTP Basic."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def signed(secret: str, body: bytes = BODY) -> str:
    """MyOperator's signature."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def admits(headers: dict[str, str] | None = None, query: str = "", source: str = "pbx") -> bool:
    """Whether a delivery passes."""
    return ACCESS.admits(source, b"x-webhook-token", scope(headers=headers, query=query), BODY)


@pytest.mark.parametrize("secret", ["old", "new"])
def test_each_secret_in_each_place(secret: str) -> None:
    """Both active secrets count, wherever the panel puts them."""
    assert admits(basic("", secret))
    assert admits(basic("any:one"[:3], secret))
    assert admits({"X-Webhook-Token": secret})
    assert admits({"x-myop-signature": secret})
    assert admits({"X-MyOperator-Signature": signed(secret)})
    assert admits({"X-MyOperator-Signature": "sha256=" + signed(secret).upper()})
    assert admits({"Authorization": f"Bearer {secret}"})
    assert admits(query=f"token={secret}&x=1")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Webhook-Token": ""},
        {"X-Webhook-Token": "theirs"},
        {"X-Webhook-Token": "ol"},
        {"X-Webhook-Token": "ñandú"},
        {"Authorization": "Basic %%%"},
        {"Authorization": "Basic " + base64.b64encode(b"no colon").decode()},
        {"Authorization": "Digest old"},
        {"X-MyOperator-Signature": "old"},
        {"X-MyOperator-Signature": signed("old", b"another body")},
        basic("old", "wrong"),
    ],
)
def test_everything_else_is_refused(headers: dict[str, str]) -> None:
    """No secret, another source's, half of one, or one in the wrong place."""
    assert not admits(headers)


def test_no_secret_admits_nobody() -> None:
    """A source without secrets is closed, not open."""
    assert not admits({"X-Webhook-Token": ""}, source="new")
    assert not admits(basic("", ""), source="new")
    assert not admits({"X-MyOperator-Signature": signed("")}, source="new")


def test_header_may_have_another_name() -> None:
    """The panel decides what the header is called."""
    request = scope(headers={"X-Api-Key": "old"})

    assert ACCESS.admits("pbx", b"x-api-key", request, BODY)
    assert not ACCESS.admits("pbx", b"x-webhook-token", request, BODY)


def test_what_was_carried_is_known() -> None:
    """For a rotation: which of the secrets deliveries had, and none that was wrong."""
    access = Access(secrets=ACCESS.secrets)
    for secret in ("new", "theirs", "wrong"):
        access.admits("pbx", b"x-webhook-token", scope(headers={"X-Webhook-Token": secret}), BODY)

    assert access.carried == {b"new"}


def test_loaded_from_the_store(tmp_path: Path) -> None:
    """Active secrets and tokens that count, and no others."""
    with opened(tmp_path) as store:
        asha = new_agent(store, "Asha")
        old = store.write_now(lambda c: credentials.issue_token(c, asha, "pc", NOW))
        new = store.write_now(lambda c: credentials.issue_token(c, asha, "laptop", NOW))
        store.write_now(lambda c: credentials.revoke_token(c, old.id, NOW))
        retired = store.write_now(lambda c: credentials.add_secret(c, "pbx", NOW))
        active = store.write_now(lambda c: credentials.add_secret(c, "pbx", NOW))
        store.write_now(lambda c: credentials.retire_secret(c, retired.id, NOW))
        access = store.read_now(Access.load)

    assert {"pbx": (active.secret.encode(),)} == access.secrets
    assert (True, False) == (access.counts(new.id), access.counts(old.id))
    assert access.tokens.owner(new.token) is not None
    assert active.secret not in repr(access)


def test_the_credential_is_taken_out_of_the_query() -> None:
    """What is kept of a URL holds no secret."""
    assert {"a": "1"} == without_token({"a": "1", "token": "secret"})
