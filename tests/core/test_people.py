"""References to agents, as they become complete."""

from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.people import AgentRef

texts = st.none() | st.sampled_from(["a", "b", "c"])
refs = st.builds(AgentRef, texts, texts, texts, texts, texts)


def test_a_later_report_adds_what_was_missing() -> None:
    """The phone comes first, the name with the summary."""
    joined = AgentRef(phone="+919999911101").joined(AgentRef(email="asha@example.in", name="Asha Verma"))
    assert joined == AgentRef(phone="+919999911101", email="asha@example.in", name="Asha Verma")


@given(refs, refs, refs)
def test_joining_needs_no_order(a: AgentRef, b: AgentRef, c: AgentRef) -> None:
    """Commutative, associative and idempotent, contradictions included."""
    assert a.joined(b) == b.joined(a)
    assert a.joined(b).joined(c) == a.joined(b.joined(c))
    assert a.joined(b).joined(b) == a.joined(b)
