"""Questions to keyring and relay."""

import asyncio

import pytest

from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.address import parse
from cti_desktop.desktop.asking import Asked, Asking
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.screen import SignedOut

SIGNED_IN = SignedIn(parse("localhost:1"), "secret")


async def yes() -> SignedIn:
    """Somebody is signed in."""
    return SIGNED_IN


async def nobody() -> None:
    """Nobody is."""


async def refused() -> SignedIn:
    """The keyring is locked."""
    raise SignInRefused(SignInProblem.KEYRING_LOCKED)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        (yes, SIGNED_IN),
        (nobody, SignedOut()),
        (refused, SignedOut(SignInProblem.KEYRING_LOCKED)),
    ],
)
async def test_answers_come_back(question: object, outcome: object) -> None:
    """Each as something that the screen understands."""
    heard: list[Asked] = []
    asking = Asking(heard.append)
    async with asyncio.TaskGroup() as tasks:
        asking.ask(question, tasks)  # type: ignore[arg-type] # one of the three above
    assert ([outcome], True) == ([asked.outcome for asked in heard], asking.is_wanted(heard[0]))


async def test_a_new_question_withdraws_the_one_before() -> None:
    """Even when its answer is already on its way."""
    heard: list[Asked] = []
    asking = Asking(heard.append)

    async def for_ever() -> None:
        await asyncio.Event().wait()

    async with asyncio.TaskGroup() as tasks:
        asking.ask(for_ever, tasks)
        asking.ask(yes, tasks)
    asking.withdraw()
    assert [SIGNED_IN] == [asked.outcome for asked in heard]
    assert not asking.is_wanted(heard[0])
