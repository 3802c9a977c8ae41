"""Dispositions that were recorded in the provider's own panel. No field is documented: take any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cti_desktop.core.report import PanelDisposition
from cti_desktop.core.text import paragraphs
from cti_desktop.providers import fields

_NAMES: Final = ("name", "_na", "title", "value", "_tx")
_NOTES: Final = ("remarks", "notes", "_cm", "comment")
_AUTHORS: Final = ("added_by", "by", "user", "agent")


def panel_dispositions(value: object) -> tuple[PanelDisposition, ...]:
    """All dispositions in a list, an object or a string; entries without a name are left out."""
    if value is None:
        return ()
    found = (_one(entry) for entry in fields.entries(value))
    return tuple(dict.fromkeys(d for d in found if d is not None))


def _one(entry: object) -> PanelDisposition | None:
    if not isinstance(entry, dict):
        name = fields.text(entry)
        return PanelDisposition(name) if name else None
    name = fields.first_text(*(entry.get(key) for key in _NAMES))
    return PanelDisposition(name, _notes(entry), _author(entry)) if name else None


def _notes(entry: Mapping[str, object]) -> str:
    written = (entry.get(key) for key in _NOTES)
    return next((safe for raw in written if isinstance(raw, str) and (safe := paragraphs(raw))), "")


def _author(entry: Mapping[str, object]) -> str | None:
    """A name, or an object with one."""
    for key in _AUTHORS:
        author = entry.get(key)
        named = fields.mapping(author)
        if found := fields.first_text(author, named.get("name"), named.get("_na"), named.get("email")):
            return found
    return None
