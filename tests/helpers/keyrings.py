"""Keyrings that behave: made of the real Secret Service backend, without a service behind it."""

import threading

from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class GoodKeyring(SecretService.Keyring):
    """Keeps entries in memory."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring's
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """See keyring."""
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")


class LockedKeyring(GoodKeyring):
    """The unlock prompt was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        raise KeyringLocked("Failed to unlock the collection!")


class FailingKeyring(GoodKeyring):
    """Refuses to write, and is tactless about it. The probe's entry still works."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        if not username.endswith(":probe"):
            raise PasswordSetError(f"can't store {password}")
        super().set_password(service, username, password)


class HangingKeyring(GoodKeyring):
    """Its prompt stays open until `let_go`."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        self.let_go.wait()
        return None


class PlainTextKeyring(KeyringBackend):
    """Like the backend of keyrings.alt that writes into a file."""

    priority = 0.5

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        raise AssertionError("an unsafe keyring must not be asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        raise AssertionError("an unsafe keyring must not be asked")
