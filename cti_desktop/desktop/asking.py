"""Questions to keyring and relay about the sign-in, one at a time; answers come back like any other event."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Final

from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.screen import SignedOut

Question = Callable[[], Coroutine[object, None, SignedIn | None]]
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a question, which may have been withdrawn meanwhile."""

    number: int
    outcome: SignedIn | SignedOut


class Asking:
    """Asks in a task of its own; a new question withdraws the one before."""

    def __init__(self, tell: Callable[[Asked], None]) -> None:
        """`tell` gets every answer, in the loop's thread."""
        self._tell = tell
        self._number = 0
        self._task: asyncio.Task[None] | None = None

    def ask(self, question: Question, tasks: asyncio.TaskGroup) -> None:
        """Put `question`; None for an answer means that nobody is signed in."""
        self.withdraw()
        self._task = tasks.create_task(self._answer(question, self._number), name="account")

    def withdraw(self) -> None:
        """The answer is not wanted any more."""
        self._number += 1
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def is_wanted(self, asked: Asked) -> bool:
        """Whether `asked` answers the latest question."""
        return asked.number == self._number

    async def _answer(self, question: Question, number: int) -> None:
        try:
            outcome = await question() or SignedOut()
        except SignInRefused as refusal:
            _log.info("not signed in: %s", refusal.code)
            outcome = refusal.status
        self._tell(Asked(number, outcome))
