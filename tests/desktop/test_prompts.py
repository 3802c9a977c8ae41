"""The order in which to ask."""

from cti_desktop.core.disposition import Fault, Problem
from cti_desktop.desktop.prompts import Prompts

WRONG = (Problem("code", Fault.MISSING),)


def prompts(*call_ids: str) -> Prompts:
    """Open ones, in this order."""
    made = Prompts()
    for call_id in call_ids:
        made.ask(call_id)
    return made


def test_a_new_prompt_waits_for_its_turn() -> None:
    """And is asked once."""
    assert ("a", "b") == prompts("a", "b", "a").order
    assert "a" == prompts("a", "b").head
    assert prompts().head is None


def test_the_agent_may_choose_which_is_first() -> None:
    """One that is not open can't be."""
    open_ = prompts("a", "b", "c")
    open_.bring_forward("c")
    open_.bring_forward("gone")
    assert ("c", "a", "b") == open_.order


def test_complaints_go_with_the_prompt() -> None:
    """Or with the next change."""
    open_ = prompts("a", "b")
    open_.explain("a", WRONG)
    open_.explain("b", WRONG)
    open_.withdraw("a")
    assert {"b": WRONG} == open_.problems
    open_.forgive("b")
    assert {} == open_.problems
