"""Where a caller is found in the team's CRM."""

from __future__ import annotations

from cti_desktop.core.links import BadTemplate, LinkTemplate, host_of
from cti_desktop.core.my_call import MyCall


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
