"""What desktops are told of the rules."""

import msgspec

from cti_desktop.core.wrap_up import Demand, WrapUp
from cti_desktop.wire.policy import Policy


def test_the_rule_for_the_wrap_up() -> None:
    """As the session goes by it."""
    assert Policy("timed", 45, "interested").rule == WrapUp(Demand.TIMED, 45, "interested")


def test_an_older_relay_offers_nothing() -> None:
    """What it doesn't know is not to be asked of it."""
    told = msgspec.json.decode(b'{"wrap_up":"required","something":"new"}', type=Policy)
    assert told == Policy("required")
    assert told.errands == ()
