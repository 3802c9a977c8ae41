"""Who may not be seen: callers on a shared screen, and all calls of an agent who is not signed in."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

import msgspec

from cti_desktop.core.errands import REVEAL
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import FoundCalls, SignedOut, SigningIn, Situation
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.viewmodels.caller import initials

_DOTS: Final = "•••••"


def is_private(situation: Situation) -> bool:
    """Whether who calls may not be seen: the agent said so, or others see the screen."""
    return situation.settings.privacy or situation.sharing is Sharing.HIDDEN


def veiled(situation: Situation) -> Situation:
    """`situation` without what tells who calls. Only for showing: nothing of it may be kept or sent."""
    calls = tuple(_veiled_call(call) for call in situation.calls)
    replies = {key: reply for key, reply in situation.replies.items() if reply.errand.what != REVEAL}
    policy = msgspec.structs.replace(
        situation.policy, errands=tuple(what for what in situation.policy.errands if what != REVEAL)
    )
    return replace(
        situation,
        calls=calls,
        found=_veiled_found(situation.found),
        replies=MappingProxyType(replies),
        policy=policy,
    )


def vacated(situation: Situation) -> Situation:
    """`situation`; while nobody is signed in, without the calls of whoever was. They are kept, not shown."""
    if not isinstance(situation.link, SignedOut | SigningIn):
        return situation
    return replace(situation, calls=(), prompt_order=(), found=FoundCalls(), replies=MappingProxyType({}))


def veiled_caller(caller: Caller) -> Caller:
    """The caller's initials and last three digits; of earlier calls and the place, nothing."""
    number = caller.number or ""
    contact = caller.contact
    return Caller(
        number=None,
        contact=Contact(contact.id, _dotted(contact.name)) if contact else None,
        masked=f"{_DOTS} {number[-3:]}" if number else caller.masked,
        written=f"{_DOTS} {caller.written[-3:]}" if caller.written else None,
    )


def _veiled_found(found: FoundCalls) -> FoundCalls:
    """What was found in the history of this computer, too."""
    pages = {page: tuple(_veiled_call(call) for call in calls) for page, calls in found.pages.items()}
    return replace(found, number=_DOTS if found.number else "", pages=MappingProxyType(pages))


def _dotted(name: str) -> str:
    letters = initials(name)
    return ". ".join(letters) + "." if letters else _DOTS


def _veiled_call(call: MyCall) -> MyCall:
    """What the agent writes stays: it must go on being saved as it is."""
    return replace(call, info=replace(call.info, caller=veiled_caller(call.info.caller)))
