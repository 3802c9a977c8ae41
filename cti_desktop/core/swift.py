"""Frozen dataclasses of which every delivery makes dozens, made in two thirds of the time.

The `__init__` that a frozen dataclass gets looks up `object.__setattr__`, and then each field by name; this
one goes straight to the slots. They are as frozen as before.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def swift(cls: type[T]) -> type[T]:
    """For `@dataclass(frozen=True)` classes without factories, above that decorator. Raises `TypeError`."""
    known: dict[str, Any] = {}
    parameters, body = ["self"], []
    for field in fields(cls):  # type: ignore[arg-type]  # a dataclass, as the decorator below this one made it
        name = field.name
        if field.default_factory is not MISSING or not field.init or field.kw_only:
            raise TypeError(f"{cls.__name__}.{name} is more than a name with a default")
        known[f"_default_{name}"] = field.default
        parameters.append(name if field.default is MISSING else f"{name}=_default_{name}")
        into_slot = getattr(vars(cls).get(name), "__set__", None)
        if into_slot is not None:
            known[f"_set_{name}"] = into_slot
            body.append(f"_set_{name}(self, {name})")
        else:
            body.append(f"self.__dict__[{name!r}] = {name}")
    lines = "\n    ".join([f"def __init__({', '.join(parameters)}):", *body])
    exec(lines, known)  # noqa: S102 - as dataclasses do, of our own names
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]  # that is the point
    return cls
