import pytest

from cti_desktop.desktop.screen import (
    Connecting,
    LinkStatus,
    Online,
    SignedOut,
    SigningIn,
    SignInProblem,
    Trouble,
)
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


def test_wrong_code_stands_beside_the_code() -> None:
    """The field to mend is the one that is marked."""
    model = sign_in_model(s.situation(link=SignedOut(SignInProblem.WRONG_CODE)))
    assert SignInModel(URL, code_error="This code is wrong, used or expired. Ask for a new one.") == model


def test_relay_trouble_stands_beside_the_address() -> None:
    """With its cause."""
    model = sign_in_model(s.situation(link=SignedOut(SignInProblem.RELAY_TROUBLE, Trouble.NO_SUCH_HOST)))
    assert model is not None
    assert (
        "The relay can’t be reached. The relay’s name is not found. Is this computer on the network?"
        == model.url_error
    )


def test_what_to_install_is_told() -> None:
    """A detail for people follows our own words."""
    model = sign_in_model(
        s.situation(link=SignedOut(SignInProblem.KEYRING_MISSING, detail="Install gnome-keyring."))
    )
    assert model is not None
    assert model.error.endswith("Install gnome-keyring.")


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
