"""Two claims become one, whichever came first."""

from collections.abc import Callable, Sequence
from itertools import permutations, product
from typing import Any

import pytest

from cti_desktop.core.joins import earliest, greater, later_member, latest
from cti_desktop.core.report import CallStatus, Unanswered
from tests.helpers.calls import after

Rule = Callable[[Any, Any], Any]

RULES: list[tuple[Rule, Sequence[Any]]] = [
    (earliest, [after(0), after(1), after(2)]),
    (latest, [after(0), after(1), after(2)]),
    (greater, [0, 1, 7]),
    (greater, [False, True]),
    (greater, ["", "a", "b"]),
    (later_member, list(CallStatus)),
    (later_member, list(Unanswered)),
]


@pytest.mark.parametrize(("rule", "claims"), RULES)
def test_order_grouping_and_repetition_make_no_difference(rule: Rule, claims: Sequence[Any]) -> None:
    """Each rule is a join, and None is what it begins with."""
    every = [None, *claims]

    for a, b, c in product(every, repeat=3):
        assert rule(a, b) == rule(b, a)
        assert rule(a, rule(b, c)) == rule(rule(a, b), c)
    for a in every:
        assert a == rule(a, a) == rule(a, None) == rule(None, a)


@pytest.mark.parametrize(("rule", "claims"), RULES)
def test_which_one_wins(rule: Rule, claims: Sequence[Any]) -> None:
    """The first moment, or else the last of what the claims are listed by."""
    winner = claims[0] if rule is earliest else claims[-1]

    for first, second in permutations((winner, *claims), 2):
        if winner in {first, second}:
            assert rule(first, second) == winner
