"""The agent's wishes."""

from typing import get_args

import pytest

from cti_desktop.core.intents import Intent, SubmitDraft
from cti_desktop.core.session import Session
from tests.helpers.calls import NOON


def test_every_intent_belongs_to_one_call() -> None:
    """That is the wrong-call lock: nothing is ever meant for `the current call`."""
    for kind in get_args(Intent):
        assert kind.__dataclass_fields__["call_id"].type == "str"


@pytest.mark.parametrize("kind", [k for k in get_args(Intent) if len(k.__dataclass_fields__) == 1])
def test_a_wish_for_an_unknown_call_leads_to_nothing(kind: type) -> None:
    """A click can come after the call was forgotten."""
    assert Session().handle(kind("gone"), NOON) == []


def test_a_submission_carries_its_own_id() -> None:
    """Made where the click is, so that pressing Save twice is one submission."""
    assert "disposition_id" in SubmitDraft.__dataclass_fields__
