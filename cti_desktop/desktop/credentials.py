"""The token in the system's keyring, and nowhere else. Never blocks the loop; refuses unsafe keyrings.

It lies there in one entry with the address of the relay that gave it, so that the two can't come apart.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from cti_desktop.desktop.detached import detached
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused

SERVICE: Final = "cti-desktop"
# A person may have to type a password into the keyring's own prompt.
PATIENCE_SECONDS: Final = 60.0
_SAFE_MODULES: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A token and the address of the relay that gave it; empty where that was not noted."""

    token: str = field(repr=False)
    relay: str = ""

    @classmethod
    def of(cls, entry: str) -> Kept:
        """What a keyring's entry says. Before the address stood in it, an entry was the token alone."""
        relay, _, token = entry.rpartition("\n")
        return cls(token, relay)

    @property
    def entry(self) -> str:
        """The two as lines, which neither can break. Windows takes 1,280 characters."""
        return f"{self.relay}\n{self.token}"


class TokenKeeper(Protocol):
    """Keeps the token between two runs. All raise `SignInRefused` with a `KEYRING_*` problem."""

    async def load(self) -> Kept | None:
        """The token and whose it is, or None if there is none."""

    async def probe(self) -> None:
        """Make sure that `save` would work now, before a single-use code is spent."""

    async def save(self, kept: Kept) -> None:
        """Keep `kept` in place of what was kept before."""

    async def forget(self) -> None:
        """Drop the token, if there is one."""


class InMemory:
    """For kiosks: a token from standard input, gone with the process."""

    def __init__(self, token: str | None = None) -> None:
        """Begin with `token`, which is for the relay that is given with it."""
        self._kept = Kept(token) if token else None

    async def load(self) -> Kept | None:
        """See `TokenKeeper`."""
        return self._kept

    async def probe(self) -> None:
        """See `TokenKeeper`."""

    async def save(self, kept: Kept) -> None:
        """See `TokenKeeper`."""
        self._kept = kept

    async def forget(self) -> None:
        """See `TokenKeeper`."""
        self._kept = None


class InKeyring:
    """The token of one profile under service `cti-desktop`."""

    def __init__(
        self,
        profile: str,
        choose: Callable[[], KeyringBackend] = keyring.get_keyring,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`choose` gives the backend that the user's system or configuration prefers."""
        self._profile = profile
        self._choose = choose
        self._patience = patience

    async def load(self) -> Kept | None:
        """See `TokenKeeper`."""
        entry = await self._ask(lambda safe: safe.get_password(SERVICE, self._profile))
        kept = Kept.of(entry or "")
        return kept if kept.token else None

    async def probe(self) -> None:
        """See `TokenKeeper`."""
        name = f"{self._profile}:probe"

        def write_and_delete(safe: KeyringBackend) -> None:
            safe.set_password(SERVICE, name, "probe")
            safe.delete_password(SERVICE, name)

        await self._ask(write_and_delete)

    async def save(self, kept: Kept) -> None:
        """See `TokenKeeper`."""
        await self._ask(lambda safe: safe.set_password(SERVICE, self._profile, kept.entry))

    async def forget(self) -> None:
        """See `TokenKeeper`."""

        def delete(safe: KeyringBackend) -> None:
            try:
                safe.delete_password(SERVICE, self._profile)
            except PasswordDeleteError:
                if safe.get_password(SERVICE, self._profile) is not None:
                    raise

        await self._ask(delete)

    async def _ask(self, call: Callable[[KeyringBackend], T]) -> T:
        def choose_and_call() -> T:
            return call(safe_backend(self._choose()))

        try:
            return await detached("keyring", choose_and_call, self._patience)
        except TimeoutError:
            raise SignInRefused(SignInProblem.KEYRING_TIMEOUT) from None
        except _keyring_errors() as error:
            raise _refusal(error) from error


def safe_backend(preferred: KeyringBackend) -> KeyringBackend:
    """`preferred` if it encrypts, or the first of a chain that does.

    Raises `SignInRefused`: `KEYRING_MISSING` with what to install, or `KEYRING_UNSAFE` with what was found.
    """
    candidates = preferred.backends if isinstance(preferred, chainer.ChainerBackend) else [preferred]
    for backend in candidates:
        if any(kind.__module__ in _SAFE_MODULES for kind in type(backend).__mro__):
            return backend
    if all(isinstance(backend, fail.Keyring) for backend in candidates):
        raise SignInRefused(SignInProblem.KEYRING_MISSING, what_to_install())
    if all(isinstance(backend, null.Keyring) for backend in candidates):
        raise SignInRefused(SignInProblem.KEYRING_MISSING)
    found = ", ".join(f"{type(backend).__module__}.{type(backend).__qualname__}" for backend in candidates)
    raise SignInRefused(SignInProblem.KEYRING_UNSAFE, found)


def what_to_install(platform: str = sys.platform) -> str:
    """The program that gives this system a keyring; empty where the system has one of its own."""
    return "" if platform in ("darwin", "win32") else "gnome-keyring"


def _refusal(error: BaseException) -> SignInRefused:
    match error:
        case SignInRefused():
            return error
        case NoKeyringError():
            return SignInRefused(SignInProblem.KEYRING_MISSING, what_to_install())
        case KeyringLocked() | InitError():
            return SignInRefused(SignInProblem.KEYRING_LOCKED)
        case _:
            # The type only: a backend's text may quote what it was given.
            return SignInRefused(SignInProblem.KEYRING_FAILED, type(error).__name__)


def _keyring_errors() -> tuple[type[BaseException], ...]:
    return (KeyringError, OSError, RuntimeError, *_foreign_errors())


def _foreign_errors() -> Iterator[type[BaseException]]:
    """What the backends let through, where they are installed."""
    for module, name in (
        ("secretstorage.exceptions", "SecretStorageException"),
        ("jeepney", "DBusErrorResponse"),
        ("win32ctypes.pywin32.pywintypes", "error"),
    ):
        try:
            yield getattr(importlib.import_module(module), name)
        except ImportError:
            continue
