"""Pages that open, each once."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from cti_desktop.core.errands import RECORDING, Errand
from cti_desktop.desktop.intents import AnyIntent, PageOpened
from cti_desktop.desktop.screen import Reply, ReplyState
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.browser import Browser, open_page, open_quietly
from tests.helpers import situations as s

RINGING = s.situation(
    s.ringing(), settings=Settings(crm_url="https://crm.example.com/{digits}", crm_open="ring")
)


def test_once_for_a_call(intents: list[AnyIntent]) -> None:
    """However often the situation is shown; what was opened is kept for after a restart."""
    opened: list[str] = []
    browser = Browser(intents.append, unasked=opened.append)
    browser.follow(RINGING)
    browser.follow(RINGING)

    assert opened == ["https://crm.example.com/919820055512"]
    assert intents == [PageOpened("call-1")]
    again = Browser(intents.append, unasked=opened.append)
    again.follow(replace(RINGING, calls=(replace(RINGING.calls[0], page_opened=True),)))
    assert len(opened) == 1


def test_a_recording_that_was_asked_for(intents: list[AnyIntent]) -> None:
    """Each time that it was."""
    opened: list[str] = []
    browser = Browser(intents.append, asked=opened.append)
    for id_ in ("e-1", "e-1", "e-2"):
        reply = Reply(
            Errand(id_, RECORDING, "call-1"), ReplyState.DONE, s.NOW, text="https://s3.example.com/1"
        )
        browser.follow(s.situation(s.closed(), replies={("call-1", RECORDING): reply}))

    assert opened == ["https://s3.example.com/1"] * 2


class Handler(QObject):
    """Stands where the system's browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def handle(self, url: QUrl) -> None:
        """Qt hands over an address."""
        self.opened.append(url.toString())


@pytest.mark.usefixtures("qapp")
def test_only_safe_addresses_reach_the_system() -> None:
    """By whichever way."""
    handler = Handler()
    for scheme in ("https", "http", "file"):
        QDesktopServices.setUrlHandler(scheme, handler, "handle")  # type: ignore[arg-type]  # the stub's slip
    try:
        for address in (
            "http://s3.example.com/1",
            "file:///etc/passwd",
            "https://",
            "https://s3.example.com/1",
        ):
            open_page(address)
            open_quietly(address)
    finally:
        for scheme in ("https", "http", "file"):
            QDesktopServices.unsetUrlHandler(scheme)

    assert set(handler.opened) == {"https://s3.example.com/1"}
