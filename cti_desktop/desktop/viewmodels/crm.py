"""Where a caller is found in the team's CRM."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from cti_desktop.core.my_call import MyCall

_SAFE_SCHEMES: Final = frozenset({"https"})


def crm_url(call: MyCall, template: str) -> str:
    """The contact's own link, else `template` with what is known of the caller; empty where there is none.

    Never anything but https: a link comes from strangers' data, and opens outside of this program.
    """
    caller = call.info.caller
    if caller.contact is not None and caller.contact.link:
        return _checked(caller.contact.link)
    if caller.number is None and "{number}" in template:
        return ""
    name = caller.contact.name if caller.contact else ""
    known = {"number": caller.number or "", "name": name, "call_id": call.id}
    url = template
    for key, value in known.items():
        url = url.replace(f"{{{key}}}", quote(value, safe=""))
    return _checked(url)


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    usable = parts.scheme in _SAFE_SCHEMES and parts.hostname and url.isprintable()
    return url if usable and not any(c.isspace() for c in url) else ""
