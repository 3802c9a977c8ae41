"""The error of the administrator's commands."""

from cti_desktop.core.errors import CtiError
from cti_desktop.relay.refusal import Refused


def test_a_refusal_is_the_worlds_error() -> None:
    """It reaches the person as words, with a stable code."""
    error = Refused("there is no agent")

    assert (isinstance(error, CtiError), error.code, str(error)) == (True, "refused", "there is no agent")
