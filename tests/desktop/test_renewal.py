"""Asking for a fresh token, and keeping it."""

import os
import time
from pathlib import Path

import pytest

from cti_desktop.desktop import address, settings
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.credentials import SERVICE, InKeyring, InMemory, TokenKeeper
from cti_desktop.desktop.renewal import ask
from tests.helpers.fake_enrolment import Enrolment, serving
from tests.helpers.keyrings import FailingKeyring, GoodKeyring


def fresh_in(relay: Enrolment) -> str | None:
    """What a desktop gets."""
    return ask(address.parse(relay.url), "old")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b'{"token": "fresh"}', "fresh"),
        (200, b'{"token": null}', None),
        (200, b'{"token": ""}', None),
        (200, '{"token": "frésh"}'.encode(), None),
        (200, b"<html>", None),
        (200, b"{}", None),
        (401, b"{}", None),
        (404, b"{}", None),
        (503, b"{}", None),
    ],
)
def test_anything_but_a_fresh_token_changes_nothing(status: int, body: bytes, expected: str | None) -> None:
    """An old relay, a portal, a relay in trouble: the old token goes on."""
    with serving() as relay:
        relay.status, relay.body = status, body
        assert expected == fresh_in(relay)
        assert ["/renew"] == [path for _, path, _ in relay.requests]


def test_nobody_there_changes_nothing() -> None:
    """Offline."""
    with serving() as relay:
        url = relay.url
    assert ask(address.parse(url), "old") is None


def account(folder: Path, url: str, keeper: TokenKeeper, *, asked_days_ago: int | None) -> Account:
    """A profile that was signed in before."""
    settings.change(folder / "settings.json", {"relay_url": url})
    if asked_days_ago is not None:
        asked = folder / "renewal-asked"
        asked.touch()
        then = time.time() - asked_days_ago * 24 * 3600 - 1
        os.utime(asked, (then, then))
    return Account(folder / "settings.json", keeper)


@pytest.mark.parametrize(("asked_days_ago", "questions"), [(None, 0), (0, 0), (1, 2), (30, 2)])
async def test_it_asks_once_a_day_and_shows_what_it_kept(
    tmp_path: Path, asked_days_ago: int | None, questions: int
) -> None:
    """The second question tells the relay that the fresh token is kept."""
    keyring = GoodKeyring()
    keyring.set_password(SERVICE, "default", "old")
    with serving() as relay:
        relay.body = b'{"token": "fresh"}'
        ours = account(
            tmp_path, relay.url, InKeyring("default", lambda: keyring), asked_days_ago=asked_days_ago
        )
        first, second = await ours.recall(), await ours.recall()
        assert questions == len(relay.requests)
    expected = "fresh" if questions else "old"
    assert first is not None
    assert second is not None
    kept = keyring.get_password(SERVICE, "default")
    assert [expected, expected, f"{relay.url}\n{expected}"] == [first.token, second.token, kept]


async def test_a_token_that_cannot_be_kept_is_not_used(tmp_path: Path) -> None:
    """The next start would not have it, while the relay had ended the old one."""
    keyring = FailingKeyring()
    keyring.entries[SERVICE, "default"] = "old"
    with serving() as relay:
        relay.body = b'{"token": "fresh"}'
        signed_in = await account(
            tmp_path, relay.url, InKeyring("default", lambda: keyring), asked_days_ago=2
        ).recall()
        assert 1 == len(relay.requests)
    assert signed_in is not None
    assert "old" == signed_in.token


async def test_a_token_from_a_script_is_never_renewed(tmp_path: Path) -> None:
    """The script would come with the old one again."""
    with serving() as relay:
        signed_in = await account(tmp_path, relay.url, InMemory("old"), asked_days_ago=2).recall()
        assert [] == relay.requests
    assert signed_in is not None
    assert "old" == signed_in.token
