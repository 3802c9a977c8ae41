from dataclasses import replace

import pytest

from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.viewmodels.crm import crm_url, is_template, pages_to_open
from tests.helpers import situations as s

TEMPLATE = "https://crm.example.com/find?phone={number}&who={name}&call={call_id}"


def test_a_template_is_filled_in() -> None:
    """Everything is quoted: a caller's name must not become another parameter."""
    caller = Caller("+919820055512", None, Contact("c1", "A&B = ?"))
    expected = "https://crm.example.com/find?phone=%2B919820055512&who=A%26B%20%3D%20%3F&call=call-1"
    assert expected == crm_url(s.ringing(caller=caller), TEMPLATE)


def test_the_contacts_own_link_wins() -> None:
    """The directory knows best."""
    caller = Caller("+919820055512", None, Contact("c1", "Asha", link="https://crm.example.com/c1"))
    assert "https://crm.example.com/c1" == crm_url(s.ringing(caller=caller), TEMPLATE)


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "http://crm.example.com", "javascript:alert(1)", "https://", "https://a b"]
)
def test_only_https_is_opened(link: str) -> None:
    """From whatever source a link comes."""
    caller = Caller("+919820055512", None, Contact("c1", "Asha", link=link))
    assert "" == crm_url(s.ringing(caller=caller), TEMPLATE)
    assert "" == crm_url(s.ringing(), link)


def test_a_stranger_gets_the_second_template() -> None:
    """To be searched for, or made."""
    both = f"{TEMPLATE} https://crm.example.com/new?phone={{digits}}"

    assert "https://crm.example.com/new?phone=919820055512" == crm_url(
        s.ringing(caller=Caller("+919820055512")), both
    )
    assert crm_url(s.ringing(), both).startswith("https://crm.example.com/find?")


def test_a_number_that_must_not_be_seen_goes_nowhere() -> None:
    """Neither into an address."""
    assert "" == crm_url(s.ringing(caller=Caller(masked="+91 ••••• ••001")), TEMPLATE)


def test_nobody_can_be_found_without_a_number() -> None:
    """Nor without a template."""
    assert "" == crm_url(s.ringing(caller=Caller()), TEMPLATE)
    assert "" == crm_url(replace(s.ringing()), "")


def opening(call: MyCall, when: str, **settings: object) -> list[tuple[str, str]]:
    """What opens by itself."""
    chosen = Settings(crm_url="https://crm.example.com/{digits}", crm_open=when, **settings)  # type: ignore[arg-type]
    return list(pages_to_open(s.situation(call, settings=chosen)))


PAGE = [("call-1", "https://crm.example.com/919820055512")]


def test_a_page_opens_when_the_team_wants_it() -> None:
    """As it rings, once it is answered, or never by itself."""
    talking = replace(s.connected(), answered_at=s.ago(seconds=2))
    assert ([], PAGE, []) == tuple(opening(s.ringing(), when) for when in ("click", "ring", "answer"))
    assert ([], PAGE, PAGE) == tuple(opening(talking, when) for when in ("click", "ring", "answer"))


@pytest.mark.parametrize(
    "call",
    [
        replace(s.ringing(), page_opened=True),
        replace(s.ringing(), late=True),
        replace(s.ringing(), shown=False),
        replace(s.ringing(), rang_at=s.ago(seconds=61)),
        s.connected(),  # for two and a half minutes
        s.ringing(caller=replace(s.ANANYA, pending=True)),
        s.ringing(caller=Caller(masked="…001")),
        s.closed(),
    ],
)
def test_no_page_opens_for_what_is_no_news(call: MyCall) -> None:
    """Opened before, late, replayed, put through long ago, still being asked about, hidden, over."""
    assert opening(call, "ring") == []


def test_no_page_opens_while_nobody_is_to_be_disturbed() -> None:
    """The link is on the card when it is opened."""
    assert opening(s.ringing(), "ring", do_not_disturb=True) == []


def test_what_is_a_template() -> None:
    """One, two, or none; checked while it is typed."""
    assert all(map(is_template, ("", TEMPLATE, f"{TEMPLATE} {TEMPLATE}")))
    assert not any(map(is_template, ("crm.example.com", f"{TEMPLATE} http://x/", "https://{name}/")))
