"""How tokens, codes and secrets look."""

import re

import pytest

from cti_desktop.relay.keys import digest, is_token, new_code, new_secret, new_token, normal_code


def test_a_token_is_recognised() -> None:
    """A token has our prefix, only small letters and digits, and fits into the smallest keyring."""
    token = new_token()

    assert re.fullmatch(r"ctid_[0-9a-z]{59}", token)
    assert is_token(token)


def test_a_mistyped_token_is_not() -> None:
    """Every single wrong character is noticed before anything is looked up."""
    token = new_token()
    wrong = [token[:i] + ("x" if token[i] != "x" else "y") + token[i + 1 :] for i in range(len(token))]

    assert not any(is_token(text) for text in wrong)


@pytest.mark.parametrize("text", ["", "ctid_", "ctid_0000000", "whsec_abc", "\ud800", "é" * 64])
def test_foreign_text_is_no_token(text: str) -> None:
    """Whatever somebody sends as a token is only ever right or wrong."""
    assert not is_token(text)


def test_randomness_is_fresh() -> None:
    """No two tokens, secrets or codes are the same."""
    for make in (new_token, new_secret, new_code):
        assert len({make() for _ in range(50)}) == 50


def test_a_secret_has_its_prefix() -> None:
    """A secret found somewhere tells what it is."""
    assert re.fullmatch(r"whsec_[0-9a-z]{52}", new_secret())


def test_a_code_can_be_read_out() -> None:
    """Two groups of four, without letters that are mistaken for digits."""
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", new_code())


@pytest.mark.parametrize("typed", ["AB01-01GH", "ab01 01gh", " abol-oigh\n", "ABOIOlGH", "A-B-0-1-0-1-G-H"])
def test_a_code_forgives_its_typist(typed: str) -> None:
    """Case, blanks, dashes and look-alikes make no difference."""
    assert normal_code(typed) == "AB0101GH"


def test_an_endless_code_is_cut() -> None:
    """A megabyte typed as a code is no work."""
    assert len(normal_code("A" * 1_000_000)) == 40


def test_digests_hide_what_they_are_of() -> None:
    """What is stored is SHA-256 in hex, also of text that is no UTF-8."""
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(digest("\ud800")) == 64
