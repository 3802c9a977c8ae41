"""The team's policy, held against its catalogue."""

from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.core.wrap_up import Demand, WrapUp
from cti_desktop.relay.policy import checked
from cti_desktop.wire.policy import Policy
from tests.helpers.calls import CATALOGUE


def test_a_code_that_can_be_saved_by_itself() -> None:
    """The desktop gets it as a rule."""
    policy = Policy("timed", 45, "interested")
    assert policy == checked(policy, CATALOGUE, None)
    assert WrapUp(Demand.TIMED, 45, "interested") == policy.rule
    assert Policy() == checked(Policy(), CATALOGUE, None)


@pytest.mark.parametrize("code", ["gone", "old", "escalated"])
def test_a_code_that_can_not_is_refused_at_the_start(code: str) -> None:
    """Unknown, retired, or in want of notes; the message names those that fit."""
    with pytest.raises(ConfigError) as caught:
        checked(Policy("timed", 45, code), CATALOGUE, Path("relay.toml"))
    assert "policy.auto_code" in str(caught.value)
    assert "interested" in str(caught.value)
