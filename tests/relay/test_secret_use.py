"""Which secret the provider uses: taken down from deliveries, and asked before one is retired."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cti_desktop.relay import credentials, secret_use
from cti_desktop.relay.access import Access
from cti_desktop.relay.command import Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.credentials import Secret
from cti_desktop.relay.secret_use import SecretUse
from cti_desktop.relay.store import Store
from tests.helpers.asgi_calls import scope
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def add(store: Store, source: str = "pbx") -> Secret:
    """One more."""
    return store.write_now(lambda c: credentials.add_secret(c, source, NOW))


def came(store: Store, secret: Secret, seconds: int) -> None:
    """A delivery with it."""
    at = NOW + timedelta(seconds=seconds)
    store.write_now(lambda c: secret_use.note(c, {secret.secret.encode(), b"retired"}, at))


def warned(store: Store, secret: Secret) -> str:
    """What `cti-relay secret retire` would warn of; "" for nothing."""
    return store.read_now(lambda c: secret_use.warning(c, secret.id)) or ""


def test_the_one_in_use_is_told_of(store: Store) -> None:
    """Until webhooks carry the newer one; it is retired all the same, as that may not be taken down yet."""
    old, new = add(store), add(store)
    came(store, old, 1)
    assert f"carried {old.id}, and none since carried {new.id}: " in warned(store, old)
    came(store, new, 2)
    came(store, old, 3)  # one of several webhooks still has it
    assert "none since carried" in warned(store, old)

    retired = store.write_now(
        lambda c: command("secret.retire").run(c, {"id": old.id}, Circumstances(NOW))
    ).result
    assert (old.id, True) == (retired["id"], "carried" in retired["warning"])
    assert [secret.id for secret in store.read_now(credentials.active_secrets)] == [new.id]


def test_one_that_was_replaced_goes_without_a_word(store: Store) -> None:
    """So a rotation ends."""
    old, new = add(store), add(store)
    came(store, old, 1)
    came(store, new, 2)
    retired = store.write_now(
        lambda c: command("secret.retire").run(c, {"id": old.id}, Circumstances(NOW))
    ).result

    assert {"id": old.id} == retired


def test_one_that_nobody_uses_goes_without_a_word(store: Store) -> None:
    """A rotation that was begun by mistake is taken back; another source's webhooks are no reason."""
    old, new, theirs = add(store), add(store), add(store, "other")
    came(store, old, 1)
    came(store, theirs, 2)

    assert "" == warned(store, new)


async def test_taken_down_by_rounds(store: Store) -> None:
    """From what deliveries carried; each round begins anew, and the list says when."""
    used = add(store)
    add(store)
    access = store.read_now(Access.load)
    round_ = SecretUse(store, lambda: access, lambda: NOW)
    await round_.chore()
    assert store.read_now(secret_use.last_uses) == {}
    assert access.admits("pbx", b"x-token", scope(headers={"X-Token": used.secret}), b"{}")
    await round_.chore()

    rows = store.read_now(lambda c: command("secret.list").run(c, {}, Circumstances(NOW))).result
    assert {row["id"] for row in rows if row["last_used_at"] == NOW} == {used.id}
    assert (len(rows), access.carried) == (2, set())
