"""The one tree of errors that the world can cause. Our own bugs stay built-in exceptions.

`code` is stable and travels over the wire; words for people live in the view-models.

    CtiError
     ├── ProtocolError
     │    ├── LocalProtocolError    we misused the protocol
     │    └── RemoteProtocolError   the other side broke it
     ├── AuthError                  do not retry, ask the person
     ├── LinkDown                   retry with backoff
     ├── StorageError               the disk's or the database's fault
     ├── DispositionRejected        the person can mend it; carries the field
     └── ConfigError                names the file, the key, what was found and what is allowed
          └── ConfigFileError       the whole file can't be read
"""

from __future__ import annotations


class CtiError(Exception):
    """Something the world did. `code` is a stable, lower-case, dotted-free identifier."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Keep `message` for the log and, where given, a finer `code` than the class's own."""
        super().__init__(message)
        if code is not None:
            self.code = code


class ProtocolError(CtiError):
    """A frame or a sequence of frames that `PROTOCOL` does not allow."""

    code = "protocol"


class LocalProtocolError(ProtocolError):
    """We asked a state machine for something its state does not allow: our bug."""


class RemoteProtocolError(ProtocolError):
    """The peer sent something that it must not send: close the link."""


class AuthError(CtiError):
    """The token is wrong, expired or revoked. Retrying can't help; the person must sign in again."""

    code = "auth"


class LinkDown(CtiError):
    """The relay can't be reached just now. Retrying with backoff will help."""

    code = "link_down"


class StorageError(CtiError):
    """The disk or the database refused a write or a read: nothing was acknowledged."""

    code = "storage"


class DispositionRejected(CtiError):
    """A disposition that can't be accepted as it is. `field` names the input to mend."""

    code = "invalid"

    def __init__(self, message: str, *, field: str, code: str) -> None:
        """`field` is one of `code sub_code notes follow_up_at call_id`; `code` says what is wrong with it."""
        super().__init__(message, code=code)
        self.field = field


class ConfigError(CtiError):
    """A setting that can't be used: says where it stands, what was found and what is allowed."""

    code = "config"

    def __init__(self, *, where: str, key: str, found: object, allowed: str) -> None:
        """`where` is a file or `environment`, `key` is dotted, `allowed` a phrase (`a port, 0 to 65535`)."""
        super().__init__(f"{where}: {key} is {found!r}, but must be {allowed}")
        self.where = where
        self.key = key
        self.found = found
        self.allowed = allowed


class ConfigFileError(ConfigError):
    """A file of settings that is missing, can't be opened, or is no TOML: says which and why."""

    def __init__(self, file: object, error: OSError | ValueError, key: str = "") -> None:
        """`error` is what opening or decoding raised; `key` is the setting that names the file, if any."""
        allowed = "valid TOML in UTF-8"
        if isinstance(error, OSError):
            text = f"{file} can't be read: {error.strerror}"
        else:
            text = f"{file} is no {allowed}: {error}"
        super().__init__(where=str(file), key=key or "the file", found=str(error), allowed=allowed)
        self.args = (f"{key}: {text}" if key else text,)
