"""Windows' Credential Manager and the macOS Keychain: keyring's own backends on a stand-in for the system."""

import sys
import types
from dataclasses import dataclass, field
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import Windows, macOS

from cti_desktop.desktop import address
from cti_desktop.desktop.credentials import InKeyring, Kept, safe_backend
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.relay.keys import new_token

# What a credential of Windows holds, in bytes of UTF-16.
WINDOWS_LIMIT = 2560


class WindowsError(Exception):
    """`pywintypes.error`."""

    def __init__(self, winerror: int, funcname: str) -> None:
        super().__init__(winerror, funcname, "Windows says no")
        self.winerror = winerror
        self.funcname = funcname


@dataclass
class CredentialManager:
    """`win32cred`, as far as keyring uses it."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_ENTERPRISE = 3
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    refuses: bool = False

    def CredRead(self, Type: int, TargetName: str) -> dict[str, Any]:  # noqa: N802, N803 - the system's
        """The entry under a name."""
        assert Type == self.CRED_TYPE_GENERIC
        if TargetName not in self.kept:
            raise WindowsError(1168, "CredRead")
        found = self.kept[TargetName]
        return {**found, "CredentialBlob": str(found["CredentialBlob"]).encode("utf-16-le")}

    def CredWrite(self, credential: dict[str, Any], _flags: int) -> None:  # noqa: N802 - the system's
        """Keep an entry."""
        blob = str(credential["CredentialBlob"])
        if self.refuses or len(blob.encode("utf-16-le")) > WINDOWS_LIMIT:
            raise WindowsError(1783, "CredWrite")
        self.kept[credential["TargetName"]] = credential

    def CredDelete(self, Type: int, TargetName: str) -> None:  # noqa: N802, N803 - the system's
        """Drop an entry."""
        assert Type == self.CRED_TYPE_GENERIC
        if TargetName not in self.kept:
            raise WindowsError(1168, "CredDelete")
        del self.kept[TargetName]


class Keychain:
    """`keyring.backends.macOS.api`."""

    class Error(Exception):
        """Any."""

    class NotFound(Error):
        """No such entry."""

    class KeychainDenied(Error):
        """Locked, and the person pressed Deny."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.denies = False

    def find_generic_password(self, _chain: str | None, service: str, name: str) -> str:
        """The entry."""
        if self.denies:
            raise self.KeychainDenied
        try:
            return self.kept[service, name]
        except KeyError:
            raise self.NotFound from None

    def set_generic_password(self, _chain: str | None, service: str, name: str, secret: str) -> None:
        """Keep an entry."""
        if self.denies:
            raise self.KeychainDenied
        self.kept[service, name] = secret

    def delete_generic_password(self, _chain: str | None, service: str, name: str) -> None:
        """Drop an entry."""
        if self.kept.pop((service, name), None) is None:
            raise self.NotFound


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> CredentialManager:
    """A Credential Manager under keyring's backend."""
    manager = CredentialManager()
    errors = types.ModuleType("win32ctypes.pywin32.pywintypes")
    vars(errors)["error"] = WindowsError
    monkeypatch.setitem(sys.modules, "win32ctypes", types.ModuleType("win32ctypes"))
    monkeypatch.setitem(sys.modules, "win32ctypes.pywin32", types.ModuleType("win32ctypes.pywin32"))
    monkeypatch.setitem(sys.modules, "win32ctypes.pywin32.pywintypes", errors)
    monkeypatch.setattr(Windows, "win32cred", manager, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", errors, raising=False)
    return manager


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keychain:
    """A Keychain under keyring's backend."""
    chain = Keychain()
    monkeypatch.setattr(macOS, "api", chain, raising=False)
    return chain


def keeper(backend: KeyringBackend, profile: str = "default") -> InKeyring:
    """What keeps a profile's token there."""
    return InKeyring(profile, lambda: backend)


FIRST, SECOND = (Kept(f"{name} token", f"https://{name}.example.com/cti") for name in ("first", "second"))


async def lives(backend: KeyringBackend) -> list[Kept | None]:
    """A token of each of two profiles, kept and dropped; what was found on the way."""
    one, two = keeper(backend), keeper(backend, "second")
    await one.probe()
    await one.save(FIRST)
    await two.probe()
    await two.save(SECOND)
    found = [await one.load(), await two.load()]
    await one.forget()
    await one.forget()
    return [*found, await one.load(), await two.load()]


async def test_windows_keeps_tokens_by_profile(windows: CredentialManager) -> None:
    """Also where Windows itself knows one name for each service only."""
    backend = Windows.WinVaultKeyring()  # type: ignore[no-untyped-call] # keyring's
    assert backend is safe_backend(backend)
    assert [FIRST, SECOND, None, SECOND] == await lives(backend)
    assert all("cti-desktop" in name for name in windows.kept)


async def test_a_refusal_of_windows_has_a_name(windows: CredentialManager) -> None:
    """Its error is none of keyring's; nothing of the token is in ours."""
    windows.refuses = True
    with pytest.raises(SignInRefused) as refused:
        await keeper(Windows.WinVaultKeyring()).save(Kept("secret token"))  # type: ignore[no-untyped-call] # keyring's
    assert SignInProblem.KEYRING_FAILED is refused.value.problem
    assert "secret" not in str(refused.value)


async def test_a_token_fits_into_windows(windows: CredentialManager) -> None:
    """Beside the longest name that a host can have and a path; with room to spare beside a usual one."""
    host = ".".join([*(["x" * 63] * 3), "y" * 61])
    longest = Kept(new_token(), address.parse(f"https://{host}:65535/{'p' * 256}").base)
    await keeper(Windows.WinVaultKeyring()).save(longest)  # type: ignore[no-untyped-call] # keyring's
    assert len(longest.entry.encode("utf-16-le")) < WINDOWS_LIMIT
    assert len(Kept(new_token(), "https://relay.example.com").entry.encode("utf-16-le")) * 10 < WINDOWS_LIMIT
    assert 1 == len(windows.kept)


async def test_the_keychain_keeps_tokens_by_profile(keychain: Keychain) -> None:
    """As entries of our service."""
    backend = macOS.Keyring()  # type: ignore[no-untyped-call] # keyring's
    assert backend is safe_backend(backend)
    assert [FIRST, SECOND, None, SECOND] == await lives(backend)
    assert [("cti-desktop", "second")] == list(keychain.kept)


async def test_a_denied_keychain_is_a_locked_one(keychain: Keychain) -> None:
    """The person pressed Deny, or nobody was there to press anything."""
    keychain.denies = True
    ours = keeper(macOS.Keyring())  # type: ignore[no-untyped-call] # keyring's
    for attempt in (ours.load(), ours.probe(), ours.save(Kept("secret token"))):
        with pytest.raises(SignInRefused) as refused:
            await attempt
        assert SignInProblem.KEYRING_LOCKED is refused.value.problem
