"""Agents, as a provider names them and as our roster knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cti_desktop.core.swift import swift


@swift
@dataclass(frozen=True, slots=True)
class AgentRef:
    """What a provider says of the agent on a leg; anything may be missing. `phone` is E.164.

    `id` is the roster's, once it knew who was meant: what is changed in the roster later changes no history.
    """

    phone: str | None = None
    email: str | None = None
    extension: str | None = None
    provider_id: str | None = None
    name: str | None = None
    id: str | None = None

    def joined(self, other: AgentRef) -> AgentRef:
        """Both references' knowledge, whichever came first; of two contradicting texts, the greater."""
        if self is NOBODY:
            return other
        return AgentRef(
            phone=_either(self.phone, other.phone),
            email=_either(self.email, other.email),
            extension=_either(self.extension, other.extension),
            provider_id=_either(self.provider_id, other.provider_id),
            name=_either(self.name, other.name),
            id=_either(self.id, other.id),
        )

    def known_as(self, agent_id: str) -> AgentRef:
        """The same, whom the roster knows."""
        return AgentRef(self.phone, self.email, self.extension, self.provider_id, self.name, agent_id)


NOBODY: Final = AgentRef()


@dataclass(frozen=True, slots=True)
class Person:
    """An agent for display: `id` is None for a colleague who is not in the relay's roster."""

    id: str | None
    name: str


def _either(mine: str | None, theirs: str | None) -> str | None:
    return (mine if not theirs or (mine and mine >= theirs) else theirs) or None
