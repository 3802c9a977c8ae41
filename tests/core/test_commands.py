"""What a session wants done."""

from typing import get_args

from cti_desktop.core.commands import Command, ExplainDraft, Remember, SaveDisposition
from cti_desktop.core.my_call import MyCall
from tests.helpers.calls import info


def test_every_command_for_the_screen_names_its_call() -> None:
    """Nothing is ever done to `the current card`."""
    for kind in set(get_args(Command)) - {Remember, SaveDisposition}:
        assert "call_id" in kind.__dataclass_fields__


def test_commands_are_values() -> None:
    """Two equal wishes are one."""
    assert Remember(MyCall(info())) == Remember(MyCall(info()))
    assert ExplainDraft("c", ()) != ExplainDraft("d", ())
