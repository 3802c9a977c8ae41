import pytest

from cti_desktop.core.disposition import Fault
from cti_desktop.desktop.viewmodels.words import prompts as words


@pytest.mark.parametrize("field", ["code", "sub_code", "notes", "follow_up_at", "from the future"])
@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_words(field: str, fault: Fault) -> None:
    """No fault of any field leaves the agent without a sentence."""
    text = words.fault(field, fault)
    assert text.endswith(".")
    assert fault.value not in text


def test_missing_code_says_what_to_do() -> None:
    """A fault is told as what to do."""
    assert "Choose how it went." == words.fault("code", Fault.MISSING)


@pytest.mark.parametrize(("index", "total", "expected"), [(1, 1, ""), (1, 3, "1 of 3"), (2, 3, "2 of 3")])
def test_position(index: int, total: int, expected: str) -> None:
    """A queue of one is no queue."""
    assert expected == words.position(index, total)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("retired", "The relay did not take this: retired"),
        ("", "The relay did not take this. Please check it."),
    ],
)
def test_refused(reason: str, expected: str) -> None:
    """The relay's own reason is repeated, if it gave one."""
    assert expected == words.refused(reason)
