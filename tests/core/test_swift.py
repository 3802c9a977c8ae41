"""What is made swiftly is what a dataclass would be."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from cti_desktop.core.swift import swift


@dataclass(frozen=True, slots=True)
class Plain:
    """As dataclasses make it."""

    name: str
    seconds: int | None = None
    tags: tuple[str, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Swift:
    """As we make it."""

    name: str
    seconds: int | None = None
    tags: tuple[str, ...] = ()


@pytest.mark.parametrize("kind", [Plain, Swift])
def test_values_and_defaults(kind: type[Plain] | type[Swift]) -> None:
    """By place or by name; what is left out has its default; a copy differs only in what it is told."""
    made = kind("a", tags=("x",))

    assert ("a", None, ("x",)) == (made.name, made.seconds, made.tags)
    assert kind("a", 3, ("x",)) == replace(made, seconds=3)
    assert made == kind("a", None, ("x",))
    assert hash(made) == hash(kind("a", None, ("x",)))
    assert made != kind("b", None, ("x",))
    with pytest.raises(TypeError, match="name"):
        kind()  # type: ignore[call-arg]  # mypy sees it as well


@pytest.mark.parametrize("kind", [Plain, Swift])
def test_it_stays_frozen(kind: type[Plain] | type[Swift]) -> None:
    """What was made doesn't change."""
    made = kind("a")

    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]  # frozen
    with pytest.raises(FrozenInstanceError):
        del made.name
    assert "a" == made.name


def test_without_slots_it_is_the_same() -> None:
    """A class that caches what was asked of it has a dictionary."""

    @swift
    @dataclass(frozen=True)
    class Open:
        name: str
        seconds: int = 3

    assert {"name": "a", "seconds": 3} == vars(Open("a"))
    with pytest.raises(FrozenInstanceError):
        Open("a").name = "b"  # type: ignore[misc]  # frozen


def test_what_has_slots_keeps_them() -> None:
    """No attribute by mistake."""
    with pytest.raises((AttributeError, TypeError)):
        Swift("a").nane = "b"  # type: ignore[attr-defined]  # the mistake


def test_more_than_names_with_defaults_is_refused() -> None:
    """Such a class is told when it is made, not when it fails."""

    @dataclass(frozen=True)
    class Factory:
        tags: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match=r"Factory\.tags"):
        swift(Factory)
