"""Who this profile is signed in as, at which relay: settings, token keeper and enrolment put together."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import StorageError
from cti_desktop.core.people import Person
from cti_desktop.desktop import address, enrolment, renewal, settings, signing_out
from cti_desktop.desktop.address import RelayAddress
from cti_desktop.desktop.credentials import InMemory, Kept, TokenKeeper
from cti_desktop.desktop.detached import detached
from cti_desktop.desktop.enrolment import Enrolled
from cti_desktop.desktop.managed import NOTHING, Managed
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.way import Way

# urllib's own timeout is for each read; this is for all of it.
_ENROL_SECONDS: Final = 30.0
_RENEWAL_SECONDS: Final = 5.0
_SIGN_OUT_SECONDS: Final = 5.0
_RENEWAL_EVERY: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a connection needs. `not_kept`: a code that says why the next start will ask again; else empty.

    `agent` is known after an enrolment only; otherwise the relay's welcome tells.
    """

    relay: RelayAddress
    token: str = field(repr=False)
    not_kept: str = ""
    agent: Person | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Account:
    """One profile's. `relay_url` overrides the settings for this run."""

    settings_file: Path
    keeper: TokenKeeper
    relay_url: str = ""
    managed: Managed = NOTHING

    @property
    def known_url(self) -> str:
        """The relay's address as far as it is known, to begin with. Raises what `settings.load` does."""
        return self.relay_url or settings.load(self.settings_file, self.managed).relay_url

    @property
    def way(self) -> Way:
        """How the relay is reached, by the settings in force. Raises what `settings.load` does."""
        chosen = settings.load(self.settings_file, self.managed)
        return Way(chosen.ca_file, chosen.proxy)

    async def recall(self) -> SignedIn | None:
        """The sign-in of an earlier run, or None. Raises `SignInRefused`: at another relay, for one."""
        url = self.known_url
        if not url:
            return None
        relay = address.parse(url)
        kept = await self.keeper.load()
        if kept is None:
            return None
        await self._check_is_for(relay, kept)
        token = kept.token
        return SignedIn(relay, await self._renewed(relay, token) if self._renewal_is_due() else token)

    async def enrol(self, relay_url: str, code: str, device: str) -> SignedIn:
        """Exchange `code`, and keep what comes of it; `device` is the store's id. Raises `SignInRefused`.

        Without a code, what the keyring holds for this relay counts: it may have been locked at the start.
        """
        relay = address.parse(relay_url)
        if not code.strip():
            known = await self.recall()
            if known is None or known.relay != relay:
                raise SignInRefused(SignInProblem.WRONG_CODE)
            return known
        await self.keeper.probe()
        enrolled = await self._exchange(relay, code, device)
        try:
            await self._keep(Kept(enrolled.token, relay.base))
            settings.change(self.settings_file, {"relay_url": relay.base})
        except (SignInRefused, StorageError) as error:  # the code is spent: use the token while we run
            return SignedIn(relay, enrolled.token, error.code, enrolled.agent)
        return SignedIn(relay, enrolled.token, agent=enrolled.agent)

    async def _check_is_for(self, relay: RelayAddress, kept: Kept) -> None:
        """Raises `SignInRefused` unless what is kept may be sent to `relay`."""
        if isinstance(self.keeper, InMemory):
            return  # given together with the relay's address
        giver = kept.relay or self._giver_before()
        if not giver:
            raise SignInRefused(SignInProblem.UNKNOWN_RELAY)
        if not kept.relay:
            with contextlib.suppress(SignInRefused):  # else it is looked for again the next time
                await self._keep(Kept(kept.token, giver))
        if address.parse(giver) != relay:
            raise SignInRefused(SignInProblem.OTHER_RELAY, giver)

    def _giver_before(self) -> str:
        """Which relay gave a token that lies without an address, of an earlier version; empty: unknown.

        A file says so, empty where an enrolment was cut short; before that, the agent's own settings did.
        """
        try:
            return self._noted_before.read_text("utf-8").strip()
        except FileNotFoundError:
            return settings.load(self.settings_file).relay_url
        except (OSError, UnicodeDecodeError):
            return ""

    async def _keep(self, kept: Kept) -> None:
        """In place of what was kept, and of what an earlier version noted of that. Raises `SignInRefused`."""
        await self.keeper.save(kept)
        with contextlib.suppress(OSError):
            self._noted_before.unlink(missing_ok=True)

    @property
    def _noted_before(self) -> Path:
        return self.settings_file.with_name("signed-in-at")

    async def _renewed(self, relay: RelayAddress, token: str) -> str:
        """A fresh token where the relay gives one and the keyring keeps it, else `token`."""
        try:
            fresh = await self._ask_for_fresh(relay, token)
            if fresh is None:
                return token
            await self._keep(Kept(fresh, relay.base))
        except (SignInRefused, TimeoutError):
            return token
        with contextlib.suppress(TimeoutError):
            await self._ask_for_fresh(relay, fresh)  # it is kept: the old one may end
        return fresh

    async def _ask_for_fresh(self, relay: RelayAddress, token: str) -> str | None:
        way = self.way
        return await detached("renewal", lambda: renewal.ask(relay, token, way), _RENEWAL_SECONDS)

    def _renewal_is_due(self) -> bool:
        """Once a day, and not for a token that comes anew with every start."""
        if isinstance(self.keeper, InMemory):
            return False
        asked = self.settings_file.with_name("renewal-asked")
        try:
            due = asked.exists() and time.time() - asked.stat().st_mtime > _RENEWAL_EVERY
            if due or not asked.exists():
                asked.touch()
        except OSError:
            return False
        return due

    async def forget(self, signed_in: SignedIn | None) -> None:
        """Sign out, here and at the relay. Raises `SignInRefused` where one of them doesn't learn of it.

        A token that is handed over with each start is its giver's to end.
        """
        refused = None
        try:
            await self.keeper.forget()
        except SignInRefused as refusal:  # the more it must end at the relay
            refused = refusal
        if signed_in is not None and not isinstance(self.keeper, InMemory) and not await self._end(signed_in):
            refused = refused or SignInRefused(SignInProblem.NOT_ENDED)
        if refused is not None:
            raise refused

    async def _end(self, signed_in: SignedIn) -> bool:
        """Whether the relay knows that its token counts no more."""
        way = self.way
        try:
            return await detached(
                "sign-out", lambda: signing_out.tell(signed_in.relay, signed_in.token, way), _SIGN_OUT_SECONDS
            )
        except TimeoutError:
            return False

    async def _exchange(self, relay: RelayAddress, code: str, device: str) -> Enrolled:
        way = self.way

        def call() -> Enrolled:
            return enrolment.enrol(relay, code, enrolment.readable(device), way)

        try:
            return await detached("enrolment", call, _ENROL_SECONDS)
        except TimeoutError:
            raise SignInRefused(SignInProblem.RELAY_TROUBLE, trouble=Trouble.TIMEOUT) from None
