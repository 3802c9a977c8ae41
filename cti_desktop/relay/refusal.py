"""The one error of the administrator's commands: what was asked can't be done, said in words for people."""

from __future__ import annotations

from cti_desktop.core.errors import CtiError


class Refused(CtiError):
    """The command was understood and not done; the message says why and what to do. Nothing was changed."""

    code = "refused"
