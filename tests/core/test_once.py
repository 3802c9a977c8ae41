"""What is worked out once."""

from cti_desktop.core.once import once


class Sum:
    """Counts how often it is worked out."""

    def __init__(self) -> None:
        self.times = 0

    @once
    def value(self) -> int:
        """Of nothing."""
        self.times += 1
        return self.times


def test_it_is_worked_out_once_for_each_object() -> None:
    """And only when somebody looks."""
    first, second = Sum(), Sum()

    assert [1, 1, 1] == [first.value, first.value, second.value]
    assert [1, 1] == [first.times, second.times]


def test_it_tells_about_itself() -> None:
    """The class has the property, with its words."""
    assert isinstance(Sum.value, once)
    assert "Of nothing." == Sum.value.__doc__
