"""Dispositions on their way to the disk: till it is known how that went, the call is shown as submitted."""

from __future__ import annotations

from dataclasses import replace

from cti_desktop.core.disposition import Draft
from cti_desktop.core.my_call import MyCall


class Saving:
    """At most one disposition of each call."""

    def __init__(self) -> None:
        """Nothing is being saved."""
        self._shown: dict[str, MyCall] = {}
        self._drafts: dict[str, Draft] = {}

    def __contains__(self, call_id: object) -> bool:
        return call_id in self._shown

    @property
    def shown(self) -> dict[str, MyCall]:
        """By id, the calls as the agent submitted them."""
        return dict(self._shown)

    def begin(self, call: MyCall, draft: Draft) -> None:
        """`call`, as it was before, is submitted with `draft`."""
        self._shown[call.id] = replace(call, draft=draft)
        self._drafts[call.id] = draft

    def redraft(self, call_id: str, draft: Draft) -> None:
        """Typed too late for what is being saved; kept in case that fails."""
        self._drafts[call_id] = draft

    def succeeded(self, call_id: str) -> bool:
        """It is on the disk. False: it was not waited for any more."""
        self._drafts.pop(call_id, None)
        return self._shown.pop(call_id, None) is not None

    def failed(self, call_id: str, now: MyCall | None) -> MyCall | None:
        """The call as it must be again, with all that was learned and typed since; `now` is what it became.

        None: it was not waited for any more.
        """
        shown, draft = self._shown.pop(call_id, None), self._drafts.pop(call_id, None)
        if shown is None or draft is None or now is None:
            return None
        return replace(shown, info=now.info, heard_at=now.heard_at, draft=draft)
