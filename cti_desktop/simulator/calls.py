"""A call to be acted out step by step: each step gives the webhooks that MyOperator would send for it.

Times come in as arguments; ids follow from them and the seed. Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Literal

from cti_desktop.simulator import v1_bodies as v1
from cti_desktop.simulator import v2_bodies as v2
from cti_desktop.simulator.facts import Body, Facts, Posted, SimAgent, SimLeg

Generation = Literal["v1", "v2"]


class SimulatedCall:
    """See the module. `caller` is None when withheld; a call is outgoing when it has a `client_ref_id`.

    The customer's side of an outgoing call answers by `customer_answers`.
    """

    def __init__(
        self,
        generation: Generation = "v2",
        *,
        caller: str | None,
        did: str = "+918000000042",
        seed: int = 0,
        queue: str = "Sales",
        location: str = "DL, IN",
        client_ref_id: str = "",
    ) -> None:
        self.generation = generation
        self.facts = Facts("", caller, did, Random(), queue, location, client_ref_id)
        self._seed = f"{seed}/{generation}/{caller}/{client_ref_id}"

    @property
    def id(self) -> str:
        """The id that MyOperator gives the call when it begins."""
        return self.facts.id

    def begin(self, at: datetime) -> list[Posted]:
        """The customer dials, or somebody clicks to call."""
        self._name(at)
        self.facts.started_at = at
        if not self.facts.outgoing:
            self._add_leg(None, at, result="connected")
        return self._event("call.initiated", at)

    def ring(self, agents: SimAgent | Sequence[SimAgent], at: datetime) -> list[Posted]:
        """One agent's phone rings, or several at once. The call begins by itself if it hasn't."""
        rung = [agents] if isinstance(agents, SimAgent) else list(agents)
        posted = self.begin(at) if self.facts.started_at is None else []
        for agent in rung:
            self._add_leg(agent, at)
            posted += self._event("call.dial_begin", at)
        return posted + self._incall("0", [leg.agent for leg in self.facts.legs if leg.rings], at)

    def stop_ringing(self, agent: SimAgent, at: datetime, *, busy: bool = False) -> list[Posted]:
        """The hunt group moves on, or (`busy`) the agent rejects. Told by the next webhook."""
        self._leg_of(agent).end(at, dial_status="BUSY" if busy else "NOANSWER")
        return []

    def answer(self, agent: SimAgent, at: datetime) -> list[Posted]:
        """The agent picks up; all other phones fall silent. Outgoing: now the customer's phone is dialled."""
        self._leg_of(agent).pick_up(at)
        for leg in self.facts.legs:
            if leg.rings:
                leg.end(at, dial_status="CANCEL")
        if self.facts.outgoing:
            self._add_leg(None, at)
            return self._event("call.dial_begin", at)
        return self._event("call.answered", at) + self._incall("1", [agent], at)

    def customer_answers(self, at: datetime) -> list[Posted]:
        """Outgoing: the customer picks up."""
        next(leg for leg in self.facts.legs if leg.agent is None).pick_up(at)
        talking = [leg.agent for leg in self.facts.legs if leg.agent and leg.answered_at]
        return self._event("call.answered", at) + self._incall("1", talking, at)

    def leave(self, agent: SimAgent, at: datetime) -> list[Posted]:
        """One agent hangs up while the call goes on (a transfer). Told by the next webhook."""
        self._leg_of(agent).end(at)
        return []

    def voicemail(self, at: datetime) -> list[Posted]:
        """Nobody answers and the customer is put through to the voice mail. Told at the end."""
        for leg in self.facts.legs:
            if leg.rings:
                leg.end(at)
        self.facts.voicemail = True
        return []

    def hang_up(self, at: datetime) -> list[Posted]:
        """The call is over."""
        self.facts.ended_at = at
        for leg in self.facts.legs:
            leg.end(at)
        return self._event("call.end", at) or [self._posted("after_call", v1.after_call(self.facts, at), at)]

    def summary(self, at: datetime) -> list[Posted]:
        """The agents' names follow; nothing in the first generation, whose log had them."""
        return self._event("call.summary", at)

    def disposition(self, name: str, remarks: str, agent: SimAgent, at: datetime) -> list[Posted]:
        """The agent records an outcome in MyOperator's own panel."""
        if self.generation == "v2":
            body = v2.disposition(self.facts, name, remarks, agent, at)
            return [self._posted("call.disposition", body, at)]
        return [self._posted("disposition", v1.disposition(self.facts, name, remarks, agent, at), at)]

    def message(self, text: str, at: datetime) -> list[Posted]:
        """The customer writes by WhatsApp, which only the second generation reports."""
        self._name(at)
        return [self._posted("message.received", v2.message(self.facts, text, at), at)]

    def _name(self, at: datetime) -> None:
        """Choose the ids by seed and time: the same script at another time is another call."""
        facts = self.facts
        facts.random.seed(f"{self._seed}/{at.isoformat()}")
        prefix = "n2" if self.generation == "v1" else "cb9" if facts.outgoing else "15"
        facts.id = f"{prefix}.{int(at.timestamp())}.{facts.random.randrange(10**6, 10**7)}"

    def _add_leg(self, agent: SimAgent | None, at: datetime, result: str = "dialing") -> None:
        phone = agent.phone if agent else self.facts.caller or ""
        self.facts.legs.append(SimLeg(len(self.facts.legs) + 1, agent, phone, at, result))

    def _leg_of(self, agent: SimAgent) -> SimLeg:
        """The agent's latest leg."""
        return next(leg for leg in reversed(self.facts.legs) if leg.agent == agent)

    def _event(self, event_type: str, at: datetime) -> list[Posted]:
        if self.generation == "v1":
            return []
        return [self._posted(event_type, v2.event(self.facts, event_type, at), at)]

    def _incall(self, state: str, users: Sequence[SimAgent | None], at: datetime) -> list[Posted]:
        if self.generation == "v2":
            return []
        body = v1.incall(self.facts, state, [user for user in users if user], at)
        return [self._posted("incall", body, at)]

    def _posted(self, kind: str, body: Body, at: datetime) -> Posted:
        return Posted(at, kind, self.facts.id, body)
