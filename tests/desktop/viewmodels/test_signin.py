import pytest

from cti_desktop.desktop.address import parse
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.screen import Connecting, LinkStatus, Online, SignedOut, SigningIn
from cti_desktop.desktop.viewmodels.signin import SignInModel, sign_in_model
from tests.helpers import situations as s

URL = "https://cti.example.com"


@pytest.mark.parametrize("link", [Online(), Connecting()])
def test_no_page_while_signed_in(link: LinkStatus) -> None:
    """Whoever has a token sees their calls."""
    assert sign_in_model(s.situation(link=link)) is None


def test_first_start() -> None:
    """An empty form without a complaint."""
    assert SignInModel("") == sign_in_model(s.situation(link=SignedOut(), relay_url=""))


def test_busy() -> None:
    """While relay and keyring are asked, the form waits."""
    assert SignInModel(URL, busy=True) == sign_in_model(s.situation(link=SigningIn()))
    leaving = sign_in_model(s.situation(link=SigningIn(leaves=True)))
    assert SignInModel(URL, busy=True, leaves=True) == leaving


def test_wrong_code_stands_beside_the_code() -> None:
    """The field to mend is the one that is marked."""
    model = sign_in_model(s.situation(link=SignedOut(SignInProblem.WRONG_CODE)))
    assert model is not None
    assert model == SignInModel(URL, code_error=model.code_error)
    assert model.code_error.endswith("Ask for a new one.")


def test_a_sign_out_that_the_relay_did_not_hear_of() -> None:
    """Above the form, as no field of it is wrong: what was done, what was not, and whom to tell."""
    model = sign_in_model(s.situation(link=SignedOut(SignInProblem.NOT_ENDED)))
    assert model is not None
    assert model == SignInModel(URL, error=model.error)
    assert model.error.startswith("You are signed out on this computer, but")
    assert "Tell IT" in model.error


def test_relay_trouble_stands_beside_the_address() -> None:
    """With its cause."""
    out = SignedOut(SignInProblem.RELAY_TROUBLE, Trouble.NO_SUCH_HOST, "not known")
    model = sign_in_model(s.situation(link=out))
    assert model is not None
    assert (
        "The relay’s name is not found. Is this computer on the network, and its VPN on? (not known)"
        == model.url_error
    )


@pytest.mark.parametrize(
    "typed", ["relay", "ftp://relay.example.com", "https://", "http://relay.example.com"]
)
def test_an_address_that_is_none_is_told_in_whole_sentences(typed: str) -> None:
    """No fragment of ours in another language, nothing twice."""
    with pytest.raises(SignInRefused) as refusal:
        parse(typed if "://" in typed else "two words")
    model = sign_in_model(s.situation(link=refusal.value.status))
    assert model is not None
    assert refusal.value.detail not in model.url_error
    assert model.url_error.endswith(("https://cti.example.com", "https://"))


def test_what_to_install_is_told() -> None:
    """Or whom to ask, where the system has a keyring of its own."""
    for detail, advice in (("gnome-keyring", "Install gnome-keyring"), ("", "Ask IT.")):
        model = sign_in_model(s.situation(link=SignedOut(SignInProblem.KEYRING_MISSING, detail=detail)))
        assert model is not None
        assert model.error.startswith("This computer has no keyring")
        assert advice in model.error


@pytest.mark.parametrize("problem", list(SignInProblem))
def test_every_problem_is_shown_in_exactly_one_place(problem: SignInProblem) -> None:
    """Nothing is swallowed and nothing said twice."""
    model = sign_in_model(s.situation(link=SignedOut(problem)))
    assert model is not None
    assert 1 == sum(bool(text) for text in (model.error, model.url_error, model.code_error))


def test_an_address_that_is_fixed_can_only_be_read() -> None:
    """The team lead's, or IT's; the agent types the code."""
    model = sign_in_model(s.situation(link=SignedOut(), relay_url=URL, locked=frozenset({"relay_url"})))
    assert SignInModel(URL, url_locked=True) == model


def test_a_sign_in_for_an_unknown_relay_is_told() -> None:
    """Beside the code, which is what mends it."""
    model = sign_in_model(s.situation(link=SignedOut(SignInProblem.UNKNOWN_RELAY)))
    assert model is not None
    assert "not which relay it is for. Enter a new code." in model.code_error


def test_where_the_computer_is_signed_in_is_told() -> None:
    """Beside the code, which is what another relay needs."""
    link = SignedOut(SignInProblem.OTHER_RELAY, detail="https://relay.example.com")
    model = sign_in_model(s.situation(link=link))
    said = "This computer is signed in at https://relay.example.com. Another relay needs a code of its own."
    assert model is not None
    assert said == model.code_error
