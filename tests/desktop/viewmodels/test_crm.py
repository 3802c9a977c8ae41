from dataclasses import replace

import pytest

from cti_desktop.core.events import Caller, Contact
from cti_desktop.desktop.viewmodels.crm import crm_url
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
