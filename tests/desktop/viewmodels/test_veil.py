from dataclasses import replace
from types import MappingProxyType

from cti_desktop.core.events import Caller
from cti_desktop.desktop.screen import FoundCalls, SignedOut, SigningIn
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.viewmodels.caller import caller_model
from cti_desktop.desktop.viewmodels.card import CardAction, card_model
from cti_desktop.desktop.viewmodels.veil import is_private, vacated, veiled, veiled_caller
from cti_desktop.desktop.viewmodels.window import window_model
from tests.helpers import situations as s


def test_nobody_is_told_on_a_shared_screen() -> None:
    """In no view: initials and three digits are left, and nothing to copy or open."""
    situation = veiled(s.situation(s.disposed("old"), s.ringing()))
    card = card_model(situation.calls[1], situation, s.ZONE)
    whole = repr(card) + repr(window_model(situation, s.ZONE))
    for secret in ("Ananya", "Deshmukh", "98200", "5512", "Pune"):
        assert secret not in whole
    assert ("A. D.", "AD", "••••• 512") == (card.caller.name, card.caller.initials, card.caller.number)
    assert CardAction.COPY_NUMBER not in [button.action for button in card.buttons]
    assert () == card.facts


def test_unknown_and_withheld_callers_stay_what_they_are() -> None:
    """Without a name there is none to hide."""
    assert "Unknown caller" == caller_model(veiled_caller(Caller("+919820055512"))).name
    assert "Number withheld" == caller_model(veiled_caller(Caller())).name


def test_of_a_short_number_three_digits_are_left() -> None:
    """As of any other."""
    assert "••••• 345" == caller_model(veiled_caller(Caller(written="12345"))).number


def test_what_the_agent_types_is_never_changed() -> None:
    """It goes on being saved as it is."""
    call = s.with_draft(s.connected(), notes="Ananya wants an offer")
    assert call.draft == veiled(s.situation(call)).calls[0].draft


def test_what_was_found_is_veiled_too() -> None:
    """A search in the history shows no more than a card."""
    pages = MappingProxyType({0: (s.disposed("a"),)})
    found = FoundCalls(number="+919820055512", serial=1, total=1, pages=pages)
    shown = veiled(s.situation(found=found)).found
    assert shown.pages[0][0].info.caller.number is None
    assert "55512" not in repr(shown)
    assert "Ananya" not in repr(shown)


def test_nothing_is_left_of_an_agent_who_is_not_signed_in() -> None:
    """Neither cards nor prompts nor what was found; all of it is back when that agent is."""
    here = s.situation(s.closed("a"), s.wrap_up("b"))
    for link in (SignedOut(), SigningIn()):
        gone = vacated(replace(here, link=link, found=FoundCalls(number="+919820055512")))
        assert ((), (), FoundCalls()) == (gone.calls, gone.prompt_order, gone.found)
    assert here is vacated(here)


def test_private_by_the_key_or_while_others_see_the_screen() -> None:
    """Unless the agent shows callers all the same."""
    by_key = Settings(privacy=True)
    assert [False, True, False] == [is_private(s.situation(sharing=sharing)) for sharing in Sharing]
    assert all(is_private(s.situation(sharing=sharing, settings=by_key)) for sharing in Sharing)
