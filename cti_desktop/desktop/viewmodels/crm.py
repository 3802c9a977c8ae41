"""Where a caller is found in the team's CRM, and whose page opens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.links import BadTemplate, LinkTemplate, host_of
from cti_desktop.core.my_call import MAX_RING_AGE, MyCall
from cti_desktop.desktop.screen import Situation

_EARLY: Final = timedelta(seconds=-5)  # clocks differ a little


def is_template(text: str) -> bool:
    """Whether `text` can be used as `crm_url`; empty is none, and right."""
    try:
        return all(LinkTemplate.parsed(part) for part in text.split())
    except BadTemplate:
        return False


def crm_url(call: MyCall, templates: str) -> str:
    """The contact's own link, else a template filled in for the caller; empty where there is none.

    After a blank, a second template may stand: for callers whom nobody knows, to search or to add them.
    Never anything but https, never another host than the template's: values come from strangers.
    """
    caller = call.info.caller
    contact = caller.contact
    if contact is not None and contact.link:
        return contact.link if host_of(contact.link) else ""
    known, _, unknown = templates.strip().partition(" ")
    try:
        both = [LinkTemplate.parsed(text) for text in (known, unknown.strip() or known)]
    except BadTemplate:
        return ""
    number = caller.number or ""
    values = {
        "number": number,
        "digits": number.removeprefix("+"),
        "name": contact.name if contact else "",
        "call_id": call.id,
    }
    return both[contact is None].filled(values, optional=("name",)) or ""


def pages_to_open(situation: Situation) -> Iterator[tuple[str, str]]:
    """Calls whose page is to open now, and its address: as it rings or is answered, if the team wants that.

    Never for what is not news: a late ring, a conversation that went on meanwhile, a page opened before.
    """
    settings = situation.settings
    if settings.crm_open == "click" or settings.do_not_disturb:
        return
    for call in situation.calls:
        wanted = call.is_open if settings.crm_open == "ring" else call.state is LegState.CONNECTED
        since = call.answered_at if call.state is LegState.CONNECTED else call.rang_at
        is_news = since is not None and _EARLY <= situation.now - since <= MAX_RING_AGE
        waits = call.info.caller.pending  # a page of its own may be known in a moment
        if wanted and is_news and call.shown and not (call.late or call.page_opened or waits):
            address = crm_url(call, settings.crm_url)
            if address:
                yield call.id, address
