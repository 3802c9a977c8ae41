"""The prompts that are open, in the order in which to ask, and what was complained of in each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cti_desktop.core.disposition import Problem


class Prompts:
    """At most one of each call. The first is the one that the agent sees."""

    def __init__(self) -> None:
        """Nothing is asked."""
        self._order: list[str] = []
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def __contains__(self, call_id: object) -> bool:
        return call_id in self._order

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of calls."""
        return tuple(self._order)

    @property
    def head(self) -> str | None:
        """The one that the agent sees."""
        return self._order[0] if self._order else None

    @property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """By call id."""
        return MappingProxyType(dict(self._problems))

    def ask(self, call_id: str) -> None:
        """Behind those that are open: a new call never takes the place of a draft."""
        if call_id not in self._order:
            self._order.append(call_id)

    def bring_forward(self, call_id: str) -> None:
        """The agent wants this one now."""
        if call_id in self._order:
            self._order.remove(call_id)
            self._order.insert(0, call_id)

    def explain(self, call_id: str, problems: tuple[Problem, ...]) -> None:
        """The draft can't be saved yet."""
        self._problems[call_id] = problems

    def forgive(self, call_id: str) -> None:
        """It was changed since."""
        self._problems.pop(call_id, None)

    def withdraw(self, call_id: str) -> None:
        """Nothing more is asked of this call."""
        if call_id in self._order:
            self._order.remove(call_id)
            self.forgive(call_id)
