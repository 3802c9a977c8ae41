"""The token in the keyring: which keyrings are good enough, and what each refusal is called."""

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from cti_desktop.desktop.credentials import InKeyring, InMemory, Kept, safe_backend, what_to_install
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from tests.helpers.keyrings import (
    FailingKeyring,
    GoodKeyring,
    HangingKeyring,
    LockedKeyring,
    PlainTextKeyring,
)

MISSING: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call] # keyring's
PLAIN: KeyringBackend = PlainTextKeyring()  # type: ignore[no-untyped-call] # keyring's
OFF: KeyringBackend = null.Keyring()  # type: ignore[no-untyped-call] # keyring's


def chain(*links: KeyringBackend) -> KeyringBackend:
    """A chain of given keyrings."""

    class Chain(chainer.ChainerBackend):
        backends = links

    return Chain()  # type: ignore[no-untyped-call] # keyring's


async def test_the_token_comes_back_until_it_is_forgotten() -> None:
    """Under the service and the profile's name, in one entry with whose it is, and with nothing else."""
    backend = GoodKeyring()
    keeper = InKeyring("work", lambda: backend)
    assert await keeper.load() is None
    kept = Kept("secret", "https://relay.example.com")
    await keeper.save(kept)
    assert {("cti-desktop", "work"): "https://relay.example.com\nsecret"} == backend.entries
    assert kept == await keeper.load()
    assert "secret" not in repr(kept)
    await keeper.forget()
    await keeper.forget()
    assert {} == backend.entries


async def test_an_entry_of_an_older_version_is_a_token_alone() -> None:
    """Nobody's, until somebody says whose."""
    backend = GoodKeyring()
    backend.set_password("cti-desktop", "work", "secret")
    assert Kept("secret") == await InKeyring("work", lambda: backend).load()


async def test_the_probe_leaves_nothing_behind() -> None:
    """It writes, and takes away what it wrote."""
    backend = GoodKeyring()
    await InKeyring("work", lambda: backend).probe()
    assert {} == backend.entries


@pytest.mark.parametrize(
    ("backend", "problem"),
    [
        (MISSING, SignInProblem.KEYRING_MISSING),
        (OFF, SignInProblem.KEYRING_MISSING),
        (PLAIN, SignInProblem.KEYRING_UNSAFE),
        (chain(PLAIN, OFF), SignInProblem.KEYRING_UNSAFE),
        (LockedKeyring(), SignInProblem.KEYRING_LOCKED),
        (FailingKeyring(), SignInProblem.KEYRING_FAILED),
    ],
)
async def test_each_refusal_has_a_name(backend: KeyringBackend, problem: SignInProblem) -> None:
    """And none quotes the token."""
    with pytest.raises(SignInRefused) as refusal:
        await InKeyring("work", lambda: backend).save(Kept("secret", "https://relay.example.com"))
    assert problem is refusal.value.problem
    assert "secret" not in f"{refusal.value} {refusal.value.detail}"


async def test_a_missing_keyring_says_what_to_install() -> None:
    """The words are of the platform."""
    with pytest.raises(SignInRefused) as refusal:
        safe_backend(MISSING)
    assert what_to_install() == refusal.value.detail
    assert "gnome-keyring" in what_to_install("linux")
    assert "gnome-keyring" not in what_to_install("win32")


def test_a_chain_is_used_by_its_safe_link_only() -> None:
    """The plain-text link before it is never asked."""
    good = GoodKeyring()
    assert safe_backend(chain(PLAIN, good)) is good


async def test_a_prompt_that_nobody_answers_has_an_end() -> None:
    """The loop goes on meanwhile."""
    backend = HangingKeyring()
    with pytest.raises(SignInRefused) as refusal:
        await InKeyring("work", lambda: backend, patience=0.01).load()
    backend.let_go.set()
    assert SignInProblem.KEYRING_TIMEOUT is refusal.value.problem


async def test_a_kiosks_token_lives_in_memory() -> None:
    """It comes from standard input, and is gone with the process."""
    keeper = InMemory("secret")
    await keeper.probe()
    assert Kept("secret") == await keeper.load()
    await keeper.save(Kept("new"))
    assert Kept("new") == await keeper.load()
    await keeper.forget()
    assert await keeper.load() is None
