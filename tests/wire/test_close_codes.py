"""What a close means for the desktop."""

import pytest

from cti_desktop.wire.close_codes import AfterClose, CloseCode, after_close


@pytest.mark.parametrize(
    ("code", "then"),
    [
        (4001, AfterClose.SIGN_IN),
        (4003, AfterClose.STAND_BY),
        (4002, AfterClose.RETRY),
        (4008, AfterClose.RETRY),
        (1001, AfterClose.RETRY),
        (1012, AfterClose.RETRY),
        (1006, AfterClose.RETRY),
        (4999, AfterClose.RETRY),
        (None, AfterClose.RETRY),
    ],
)
def test_only_a_bad_token_asks_the_person(code: int | None, then: AfterClose) -> None:
    """Everything else is worth another try, but for a session that moved elsewhere."""
    assert then == after_close(code)


def test_the_numbers_are_the_protocols() -> None:
    """They are fixed, others rely on them."""
    assert [1001, 1012, 4001, 4002, 4003, 4008] == sorted(CloseCode)
