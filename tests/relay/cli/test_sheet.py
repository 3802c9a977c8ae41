"""Codes as a sheet to cut up."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cti_desktop.relay.cli.sheet import link, pdf, shown

RELAY = "https://relay.example.com/cti"


def agent(number: int, name: str = "Asha (Sales)") -> dict[str, Any]:
    """One with a code."""
    return {"id": f"agt_{number}", "name": name, "phones": ["+919999900001"], "code": f"AB12-CD{number:02}"}


def test_a_code_says_all_that_the_sign_in_page_asks_for() -> None:
    """Address and code, as a link that survives being read out of a picture."""
    parts = urlsplit(link(RELAY, "AB12-CD34"))
    assert "cti-desktop" == parts.scheme
    assert {"relay": [RELAY], "code": ["AB12-CD34"]} == parse_qs(parts.query)


@pytest.mark.parametrize(("people", "pages"), [(0, 0), (1, 1), (10, 1), (11, 2)])
def test_ten_agents_fit_on_a_page(people: int, pages: int) -> None:
    """Each with name and code; parentheses don't end the text."""
    made = pdf([agent(number) for number in range(people)], RELAY, "tomorrow")
    assert pages == len(re.findall(rb"/Type /Page /", made))
    assert people == made.count(rb"(Asha \(Sales\))")
    assert people == len(re.findall(rb"\(AB12-CD\d\d\) Tj", made))


def test_every_object_is_where_the_table_says() -> None:
    """So that readers find them."""
    made = pdf([agent(1)], RELAY, "tomorrow")
    table = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    assert made[table:].startswith(b"xref")
    for number, start in enumerate(re.findall(rb"(\d{10}) 00000 n", made), 1):
        assert made[int(start) :].startswith(b"%d 0 obj" % number)
    for length, content in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.DOTALL):
        assert int(length) == len(content)


def test_a_name_in_other_letters_is_stood_for() -> None:
    """A PDF's built-in fonts have Latin letters only: id and phone say who is meant."""
    assert "José" == shown(agent(1, "José"))
    assert "agt_1 +919999900001" == shown(agent(1, "आशा"))
