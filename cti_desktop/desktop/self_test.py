"""`cti-desktop --self-test`: whether this machine has all that the program needs, as a report for people."""

from __future__ import annotations

import asyncio
import platform
import sqlite3
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import keyring

from cti_desktop import __version__
from cti_desktop.assets import resource
from cti_desktop.core.errors import CtiError
from cti_desktop.desktop import branding, managed, settings
from cti_desktop.desktop.changes import Changes, Urgency
from cti_desktop.desktop.credentials import InKeyring, safe_backend
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.store import Store
from cti_desktop.wire.desktop_link import Cursor

_RESOURCES: Final = ("style.qss", "fonts", "icons")
_WORDS: Final = {
    SignInProblem.KEYRING_MISSING: "there is no keyring to keep the sign-in in",
    SignInProblem.KEYRING_UNSAFE: "the only keyring would write the sign-in into a plain file",
    SignInProblem.KEYRING_LOCKED: "the keyring is locked: unlock it, or sign in to the desktop again",
    SignInProblem.KEYRING_TIMEOUT: "the keyring did not answer; look for a prompt behind other windows",
    SignInProblem.KEYRING_FAILED: "the keyring refused to keep and return an entry",
}


class CheckFailed(Exception):
    """What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Check:
    """`look` returns what was found, or raises `CheckFailed`."""

    name: str
    look: Callable[[], str]


def checks(qt: Callable[[], str]) -> list[Check]:
    """All checks. `qt` is the composition root's, which alone may import Qt."""
    return [
        Check("Program", lambda: f"{__version__}, Python {platform.python_version()}, {platform.platform()}"),
        Check("Qt", qt),
        Check("TLS", look_at_tls),
        Check("Keyring", look_at_keyring),
        Check("Store", look_at_store),
        Check("Resources", look_at_resources),
        Check("Settings", look_at_settings),
    ]


def run(checks: list[Check], say: Callable[[str], None]) -> bool:
    """Do all `checks` and report each in a line; whether all went well."""
    failed = 0
    for check in checks:
        try:
            say(f"ok      {check.name:<10} {check.look()}")
        except CheckFailed as why:
            failed += 1
            say(f"FAILED  {check.name:<10} {why}")
    say("Everything is there." if not failed else f"{failed} of {len(checks)} checks failed.")
    return not failed


def look_at_tls() -> str:
    """The system's trust store can be read."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (context.cert_store_stats()["x509_ca"] or paths.cafile or paths.capath):
        raise CheckFailed("no trusted certificates: install ca-certificates")
    return ssl.OPENSSL_VERSION


def look_at_keyring() -> str:
    """An entry can be written, and deleted again."""
    try:
        asyncio.run(InKeyring("self-test").probe())
        return type(safe_backend(keyring.get_keyring())).__module__.rpartition(".")[-1]
    except SignInRefused as refusal:
        words = _WORDS.get(refusal.problem, refusal.problem.value)
        more = (
            f"install {refusal.detail}"
            if refusal.problem is SignInProblem.KEYRING_MISSING
            else refusal.detail
        )
        raise CheckFailed(f"{words}: {more}" if refusal.detail else words) from refusal


def look_at_store() -> str:
    """What is committed is there when the file is opened again."""
    cursor = Cursor("self-test", 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        try:
            store = Store.open(path)
            store.commit(Changes(cursor=cursor, urgency=Urgency.NOW))
            store.close()
            again = Store.open(path)
            found = again.load().cursor
            again.close()
        except CtiError as error:
            raise CheckFailed(f"the store can't be written in {folder}: {error}") from error
    if found != cursor:
        raise CheckFailed("the store forgot what was committed")
    return f"SQLite {sqlite3.sqlite_version}"


def look_at_resources() -> str:
    """What a team lead re-brands came along."""
    missing = [name for name in _RESOURCES if not _has_content(resource(name))]
    if missing:
        raise CheckFailed(f"missing beside the program: {', '.join(missing)}; install it again")
    return str(resource(""))


def look_at_settings() -> str:
    """What the team lead and IT decided for this machine makes sense."""
    try:
        product = branding.current()
        ours = managed.load()
        decided = product.managed.beneath(ours)
        with tempfile.TemporaryDirectory() as folder:
            settings.load(Path(folder) / "settings.json", decided)
    except CtiError as error:
        raise CheckFailed(str(error)) from error
    unknown = sorted({*ours.fixed, *ours.defaults} - set(settings.Settings.__struct_fields__))
    if unknown:
        raise CheckFailed(f"{ours.source}: this version has no settings called {', '.join(unknown)}")
    fixed = f"fixed: {', '.join(sorted(decided.fixed))}" if decided.fixed else "nothing is fixed"
    return f"{product.name}; {ours.source or f'no {managed.place()}'}; {fixed}"


def _has_content(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.is_file()
