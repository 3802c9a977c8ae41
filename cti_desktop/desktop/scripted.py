"""What scripts do without a window: `--enrol CODE` signs in, `--check-updates` looks for a newer one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError, CtiError, StorageError
from cti_desktop.desktop import address, branding, managed, settings, updates
from cti_desktop.desktop.account import Account, SignedIn
from cti_desktop.desktop.branding import Branding
from cti_desktop.desktop.credentials import TokenKeeper
from cti_desktop.desktop.managed import Managed
from cti_desktop.desktop.places import Places
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.screen import SignedOut
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.updates import Source
from cti_desktop.desktop.viewmodels.signin import explanation

_RUNNING: Final = "the program runs for this profile: end it first, or type the code into its window"
_NOT_KEPT: Final = "the code was taken, but the sign-in could not be kept: ask for a new code, and mend this:"


def decided() -> Managed:
    """What the team lead and IT decided for this machine. Raises `ConfigError` and `StorageError`."""
    return branding.current().managed.beneath(managed.load())


def enrol(
    where: Places,
    keeper: TokenKeeper,
    code: str,
    relay_url: str = "",
    by: Callable[[], Managed] = decided,
) -> int:
    """Exchange `code` for a token and keep it. Exit code 0 when the next start is signed in, else 1."""
    try:
        where.make()
        rules = by()
        relay_url, code = address.unfold(code, relay_url)
        relay_url = address.parse(relay_url).base if relay_url else ""
        known = settings.load(where.settings, rules).relay_url
        if relay_url and relay_url != known and rules.is_locked("relay_url"):
            return _say(f"the relay is fixed to {known} on this machine: leave out --relay", 1)
        url = relay_url or known
        if not url:
            return _say("no relay is known: give --relay https://…, or fix relay_url in managed.toml", 1)
        account = Account(where.settings, keeper, managed=rules)
        signed_in = asyncio.run(account.enrol(url, code, _device(where)))
    except SignInRefused as refusal:
        return _say(explanation(refusal.status), 1)
    except StorageError as error:
        return _say(_RUNNING if error.code == "in_use" else str(error), 1)
    except (ConfigError, OSError) as error:
        return _say(str(error), 1)
    return _outcome(signed_in)


def check_updates(where: Places, folder: Path, product: Branding) -> int:
    """Say whether a newer version of `product` is out; where policy says so, put its package into `folder`.

    Exit code 0 when that is known, else 1.
    """
    try:
        policy = settings.load(where.settings, product.managed.beneath(managed.load())).updates
        if policy == "off" or not product.update_url:
            return _say("nobody announces updates of this program, or looking for them is switched off", 0)
        found = updates.news(Source(product.update_url, product.update_key), policy, folder)
    except CtiError as error:
        return _say(str(error), 1)
    if not found:
        return _say(f"{__version__} is the newest version of {product.name}", 0)
    return _say(f"a newer version of {product.name} (this is {__version__}) is out: {found}", 0)


def _outcome(signed_in: SignedIn) -> int:
    if not signed_in.not_kept:
        return _say(f"signed in at {signed_in.relay.base}; the token is in the keyring", 0)
    try:
        why = explanation(SignedOut(SignInProblem(signed_in.not_kept)))
    except ValueError:  # a code of the disk's
        why = signed_in.not_kept
    return _say(f"{_NOT_KEPT} {why}", 1)


def _device(where: Places) -> str:
    """What this machine is called at the relay; the same as the program will say later."""
    store = Store.open(where.store)
    try:
        return store.load().device
    finally:
        store.close()


def _say(text: str, code: int) -> int:
    stream = sys.stderr if code else sys.stdout
    if stream is not None:  # a program without a console has neither
        stream.write(f"cti-desktop: {text}\n")
    return code
