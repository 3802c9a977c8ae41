"""Why the agent could not be signed in, as an exception on its way to `screen.SignedOut`."""

from __future__ import annotations

from cti_desktop.core.errors import AuthError
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import SignedOut


class SignInRefused(AuthError):
    """Signing in failed for a reason that the agent, or IT, can act on. Carries no secret."""

    def __init__(self, problem: SignInProblem, detail: str = "", *, trouble: Trouble | None = None) -> None:
        """`trouble` goes with `RELAY_TROUBLE`; `detail` is for people."""
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value, code=problem.value)
        self.problem = problem
        self.trouble = trouble
        self.detail = detail

    @property
    def status(self) -> SignedOut:
        """What the screen is told."""
        return SignedOut(self.problem, self.trouble, self.detail)
