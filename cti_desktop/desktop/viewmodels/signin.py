"""The sign-in page: what is filled in, what is wrong with which field."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cti_desktop.core.text import one_line
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.screen import SignedOut, SigningIn, Situation
from cti_desktop.desktop.viewmodels.words import links
from cti_desktop.desktop.viewmodels.words import sign_in as words


@dataclass(frozen=True, slots=True)
class SignInModel:
    """`relay_url` is what to begin with, and all that may be with `url_locked`.

    Errors stand beside their field, `error` above the form. `busy`: signing in, or out with `leaves`.
    """

    relay_url: str
    busy: bool = False
    leaves: bool = False
    error: str = ""
    url_error: str = ""
    code_error: str = ""
    url_locked: bool = False


def sign_in_model(situation: Situation) -> SignInModel | None:
    """The page, or None while somebody is signed in."""
    model = _model(situation)
    return replace(model, url_locked="relay_url" in situation.locked) if model else None


def _model(situation: Situation) -> SignInModel | None:
    match situation.link:
        case SigningIn(leaves=leaves):
            return SignInModel(situation.relay_url, busy=True, leaves=leaves)
        case SignedOut(problem=None):
            return SignInModel(situation.relay_url)
        case SignedOut(problem=problem) as out if problem:
            return _with_error(situation.relay_url, problem, explanation(out))
        case _:
            return None


def explanation(out: SignedOut) -> str:
    """Why nobody is signed in, and what to do; empty when there is nothing to explain."""
    if out.problem is None:
        return ""
    if out.trouble is not None:
        return links.reason_with(out.trouble, out.detail)
    if out.problem is SignInProblem.KEYRING_MISSING:
        return words.no_keyring(one_line(out.detail, 40))
    if out.problem is SignInProblem.OTHER_RELAY:
        return words.other_relay(one_line(out.detail, 80))
    return words.problem(out.problem)


def _with_error(url: str, problem: SignInProblem, text: str) -> SignInModel:
    if problem in words.URL_FIELD:
        return SignInModel(url, url_error=text)
    if problem in words.CODE_FIELD:
        return SignInModel(url, code_error=text)
    return SignInModel(url, error=text)
