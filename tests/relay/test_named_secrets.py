"""Secrets are named: what is missing is said, with what to do, and never what may be a secret."""

import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.named_secrets import KEYRING_SERVICE, secret_of
from tests.helpers.keyrings import GoodKeyring, LockedKeyring


@pytest.fixture
def _own_keyring() -> Iterator[None]:
    """Whatever a test sets, the next one has what was there."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def refused(name: str, backend: KeyringBackend | None = None) -> str:
    """What is said of a name that leads nowhere."""
    if backend is not None:
        keyring.set_keyring(backend)
    with pytest.raises(ConfigError) as error:
        secret_of(name, {})
    return str(error.value)


def test_the_environment() -> None:
    """No name, no secret; else what the environment has."""
    assert ("", "s3") == (secret_of(""), secret_of("env:CRM", {"CRM": "s3"}))
    assert "has no CRM. Set it where the relay is started" in refused("env:CRM")


@pytest.mark.parametrize("name", ["hunter2", "file:hunter2", "env:", ":hunter2"])
def test_what_may_be_a_secret_is_not_repeated(name: str) -> None:
    """Somebody took it for a field to put the secret into."""
    said = refused(name)

    assert "never the secret itself" in said
    assert "hunter2" not in said


@pytest.mark.usefixtures("_own_keyring")
def test_the_keyring() -> None:
    """What the relay's user keeps there; else the command that keeps it."""
    backend = GoodKeyring()
    backend.set_password(KEYRING_SERVICE, "crm", "s3")
    keyring.set_keyring(backend)

    assert "s3" == secret_of("keyring:crm")
    assert "`keyring set cti-relay other`" in refused("keyring:other")


@pytest.mark.usefixtures("_own_keyring")
def test_a_keyring_that_gives_nothing() -> None:
    """Locked, or none at all: as on most servers."""
    assert "KeyringLocked. Unlock it" in refused("keyring:crm", LockedKeyring())
    assert "the relay's user has none that is safe" in refused("keyring:crm", fail.Keyring())  # type: ignore[no-untyped-call]


def test_no_keyring_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The relay brings none: it says what to install."""
    monkeypatch.setitem(sys.modules, "keyring", None)

    assert "`pip install keyring`" in refused("keyring:crm")
