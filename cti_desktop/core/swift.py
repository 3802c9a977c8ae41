"""Frozen dataclasses of which every delivery makes dozens, made in a third of the time.

The `__init__` of a frozen dataclass goes through `object.__setattr__` for each field; this one assigns, as in
a class that isn't frozen. That nobody else assigns is seen to by mypy, which reads the decorator below.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def swift(cls: type[T]) -> type[T]:
    """For `@dataclass(frozen=True)` classes without factories, above that decorator. Raises `TypeError`."""
    known: dict[str, Any] = {}
    parameters = ["self"]
    for field in fields(cls):  # type: ignore[arg-type]  # a dataclass, as the decorator below this one made it
        if field.default_factory is not MISSING or not field.init or field.kw_only:
            raise TypeError(f"{cls.__name__}.{field.name} is more than a name with a default")
        if field.default is MISSING:
            parameters.append(field.name)
        else:
            known[f"_{field.name}"] = field.default
            parameters.append(f"{field.name}=_{field.name}")
    names = [parameter.partition("=")[0] for parameter in parameters[1:]]
    body = "".join(f"\n    self.{name} = {name}" for name in names)
    exec(f"def __init__({', '.join(parameters)}):{body}", known)  # noqa: S102 - as dataclasses do, of our names
    del cls.__setattr__, cls.__delattr__
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]  # that is the point
    return cls
