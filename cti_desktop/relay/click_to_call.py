"""Errands that MyOperator does: calling a customer for an agent, and handing out a recording's address."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from cti_desktop.core.errands import DIAL, RECORDING, Errand
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.people import Person
from cti_desktop.relay.calls import CallBook
from cti_desktop.relay.errands import Live
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import agent_phones, agent_provider_ids
from cti_desktop.relay.vendor import VendorApi, VendorError


def live(api: VendorApi, store: Store) -> Mapping[str, Live]:
    """What can be wished while MyOperator's API may be used."""

    async def dial(agent: Person, number: str, errand: Errand) -> Mapping[str, str]:
        """MyOperator rings the agent, then the customer; the call pops like any other."""
        user, phone = await store.read(lambda c: _agent_of(c, agent.id or ""))
        if not user and not phone:
            raise DispositionRejected(
                "the relay knows no phone of yours: ask IT", field="agent", code="missing"
            )
        try:
            await api.dial(number, errand.id, user=user, phone=phone)
        except VendorError as error:
            raise DispositionRejected(str(error), field="number", code=error.code) from None
        return {}

    async def recording(_agent: Person, _number: str, errand: Errand) -> Mapping[str, str]:
        kept = await store.read(lambda c: CallBook.read(c, errand.call_id))
        file = kept.call.recording if kept else None
        if not file:
            raise DispositionRejected("this call has no recording", field="call_id", code="missing")
        try:
            return {"link": await api.recording_link(file)}
        except VendorError as error:
            raise DispositionRejected(str(error), field="call_id", code=error.code) from None

    return {DIAL: dial, RECORDING: recording} if api.can_dial else {RECORDING: recording}


def _agent_of(connection: Connection, agent_id: str) -> tuple[str | None, str | None]:
    """The agent's id with the provider, and a phone."""
    by_id = select(agent_provider_ids.c.provider_id).where(agent_provider_ids.c.agent_id == agent_id)
    by_phone = select(agent_phones.c.phone).where(agent_phones.c.agent_id == agent_id)
    return connection.execute(by_id).scalar(), connection.execute(
        by_phone.order_by(agent_phones.c.phone)
    ).scalar()
