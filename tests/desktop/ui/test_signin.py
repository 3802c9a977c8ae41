import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.intents import AnyIntent, SignIn
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.signin import SignInPage
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.signin import SignInModel
from cti_desktop.desktop.viewmodels.words import sign_in as words
from cti_desktop.relay.cli.sheet import link

URL = "https://cti.example.com"


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> SignInPage:
    """The page, on the screen."""
    made = SignInPage()
    qtbot.addWidget(made)
    made.intended.connect(intents.append)
    made.resize(520, 640)
    made.show()
    return made


def texts(page: SignInPage) -> set[str]:
    """What can be read."""
    return {label.full_text() for label in page.findChildren(Label) if label.isVisible()}


def test_signs_in_with_what_was_typed(page: SignInPage, intents: list[AnyIntent]) -> None:
    """Enter in the code is enough; blanks around are not meant."""
    page.render_sign_in(SignInModel(""))
    QTest.keyClicks(page.url, f" {URL} ")
    QTest.keyClicks(page.code, "ABCD-EFGH")
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    assert [SignIn(URL, "ABCD-EFGH")] == intents


@pytest.mark.parametrize("field", ["url", "code"])
def test_a_scanner_fills_in_both(page: SignInPage, intents: list[AnyIntent], field: str) -> None:
    """It types what the sheet's QR code says into the field that has the keyboard, and Enter."""
    page.render_sign_in(SignInModel(""))
    typed = getattr(page, field)
    QTest.keyClicks(typed, link(URL, "ABCD-EFGH"))
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert [SignIn(URL, "ABCD-EFGH")] == intents
    assert (URL, "ABCD-EFGH") == (page.url.text(), page.code.text())


def test_a_fixed_address_stays(page: SignInPage, intents: list[AnyIntent]) -> None:
    """A sheet of another relay changes nothing about it."""
    page.render_sign_in(SignInModel(URL, url_locked=True))
    QTest.keyClicks(page.code, link("https://other.example.com", "ABCD-EFGH"))
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    assert [SignIn(URL, "ABCD-EFGH")] == intents


def test_button(page: SignInPage, intents: list[AnyIntent]) -> None:
    """The mouse works, too."""
    page.render_sign_in(SignInModel(URL))
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert [SignIn(URL, "")] == intents


def test_errors_stand_beside_their_fields(page: SignInPage) -> None:
    """What is wrong is marked, and goes with the next try."""
    page.render_sign_in(SignInModel(URL, code_error="Wrong."))
    assert "Wrong." in texts(page)
    assert page.code.property("wrong")
    assert not page.url.property("wrong")
    page.render_sign_in(SignInModel(URL, url_error="No relay.", error="No keyring."))
    assert {"No relay.", "No keyring."} <= texts(page)
    assert "Wrong." not in texts(page)


def test_typed_text_survives_a_failed_try(page: SignInPage) -> None:
    """Nobody types an address twice."""
    page.render_sign_in(SignInModel(""))
    QTest.keyClicks(page.url, "https://cti.exmaple.com")
    page.render_sign_in(SignInModel("", busy=True))
    page.render_sign_in(SignInModel("https://elsewhere", url_error="Not found."))
    assert "https://cti.exmaple.com" == page.url.text()


def test_a_used_code_is_gone(page: SignInPage) -> None:
    """Whoever signs in next, at this computer, finds the address and an empty line."""
    page.render_sign_in(SignInModel(URL))
    QTest.keyClicks(page.code, "ABCD-EFGH")
    page.leave()
    page.render_sign_in(SignInModel("https://other.example.com"))
    assert ("https://other.example.com", "") == (page.url.text(), page.code.text())


def test_busy(page: SignInPage, intents: list[AnyIntent]) -> None:
    """While it is being tried, it can't be tried again; where to look is said."""
    page.render_sign_in(SignInModel(URL, busy=True))
    assert not page.button.isEnabled()
    assert any("keyring" in text for text in texts(page))
    page._submit()
    assert [] == intents


def test_signing_out_says_so_and_asks_for_nothing(page: SignInPage) -> None:
    """How to sign in stands there again as soon as it can be done."""
    page.render_sign_in(SignInModel(URL, busy=True, leaves=True))
    assert {words.LEAVES} < texts(page)
    assert not {words.TITLE, words.INTRO} & texts(page)
    page.render_sign_in(SignInModel(URL))
    assert {words.TITLE, words.INTRO} < texts(page)


def test_the_cursor_is_where_something_is_missing(page: SignInPage) -> None:
    """In the address on the first start, in the code when the address is known."""
    page.render_sign_in(SignInModel(""))
    assert page.url is page.focusWidget()
    page.render_sign_in(SignInModel(URL, code_error="Wrong."))
    page.url.setText(URL)
    page.render_sign_in(SignInModel(URL, code_error="Still wrong."))
    assert page.code is page.focusWidget()


def test_fields_have_names(page: SignInPage) -> None:
    """For screen readers."""
    assert ("Relay address", "Enrolment code") == (page.url.accessibleName(), page.code.accessibleName())


def test_long_errors_are_shown_whole(page: SignInPage) -> None:
    """The panel grows with its words."""
    page.render_sign_in(SignInModel(URL))
    before = page._panel.height()
    page.render_sign_in(SignInModel(URL, error="Install gnome-keyring, then start this program again. " * 3))
    assert page._panel.height() > before + 30


def test_a_complaint_goes_with_what_it_was_about(page: SignInPage) -> None:
    """Whoever writes another code is not told of the old one, whatever happens meanwhile."""
    page.render_sign_in(SignInModel(URL, code_error="This code does not work."))
    QTest.keyClicks(page.code, "A")
    assert "This code does not work." not in texts(page)
    page.render_sign_in(SignInModel(URL, code_error="This code does not work."))
    assert "This code does not work." not in texts(page)
    QTest.keyClicks(page.code, "B")
    assert "AB" == page.code.text()
    page.render_sign_in(SignInModel(URL, busy=True))
    page.render_sign_in(SignInModel(URL, code_error="This code does not work."))
    assert "This code does not work." in texts(page)
