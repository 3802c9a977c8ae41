"""Secrets that a configuration names and never holds: in the environment, or in the system's keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from cti_desktop.core.errors import ConfigError

KEYRING_SERVICE: Final = "cti-relay"

_NAMES: Final = "env:NAME or keyring:NAME, never the secret itself"


def secret_of(name: str, env: Mapping[str, str] = os.environ) -> str:
    """The secret behind `env:NAME` or `keyring:NAME`; empty for no name. Raises `ConfigError`."""
    kind, _, rest = name.partition(":")
    if not name:
        return ""
    if not rest or kind not in {"env", "keyring"}:  # it may be the secret itself: it isn't repeated
        raise _refusal("…", _NAMES)
    if kind == "keyring":
        return _from_keyring(name, rest)
    if env.get(rest):
        return env[rest]
    raise _refusal(name, f"set: the relay's environment has no {rest}. Set it where the relay is started")


def _from_keyring(name: str, entry: str) -> str:
    try:
        import keyring  # noqa: PLC0415 - a server usually has none, and uses its environment
        from keyring.backends import fail, null  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        words = "readable: the relay brings no keyring library. `pip install keyring` beside it, or env:NAME"
        raise _refusal(name, words) from None
    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring) or "Plaintext" in type(backend).__name__:
        raise _refusal(name, "kept in a keyring: the relay's user has none that is safe. Use env:NAME")
    try:
        found = keyring.get_password(KEYRING_SERVICE, entry)
    except KeyringError as error:
        words = f"readable: the keyring says {type(error).__name__}. Unlock it, or use env:NAME"
        raise _refusal(name, words) from None
    if not found:
        words = f"kept in the keyring: `keyring set {KEYRING_SERVICE} {entry}` as the relay's user"
        raise _refusal(name, words)
    return found


def _refusal(found: str, allowed: str) -> ConfigError:
    return ConfigError(where="relay", key="secret", found=found, allowed=allowed)
