"""Dispositions of the provider's panel, whose shape nobody documented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.report import PanelDisposition
from cti_desktop.providers.dispositions import panel_dispositions

INTERESTED = PanelDisposition("Interested")


@pytest.mark.parametrize(
    "value",
    [
        "Interested",
        ["Interested"],
        {"name": "Interested"},
        [{"_na": "Interested"}],
        [{"title": "Interested"}, {"title": "Interested"}],
        {"0": {"value": "Interested"}},
        [{"_tx": "Interested"}, None, [], {}, {"name": {}}],
        [{"name": "", "title": "Interested"}],
    ],
)
def test_a_name_wherever_it_stands(value: object) -> None:
    """The first field that holds a text, or the entry itself."""
    assert (INTERESTED,) == panel_dispositions(value)


@pytest.mark.parametrize("value", [None, "", [], {}, [{}], {"remarks": "no name"}, True])
def test_without_a_name_there_is_none(value: object) -> None:
    """Remarks alone say nothing of the outcome."""
    assert () == panel_dispositions(value)


@pytest.mark.parametrize("field", ["remarks", "notes", "_cm", "comment"])
def test_notes_keep_their_lines(field: str) -> None:
    """And lose what could harm a screen."""
    entry = {"name": "Interested", field: "on Friday\r\n\u202eat ten"}
    assert (PanelDisposition("Interested", "on Friday\nat ten"),) == panel_dispositions(entry)


@pytest.mark.parametrize(
    "author",
    ["Ravi Nair", {"uuid": "5cd4", "name": "Ravi Nair"}, {"_na": "Ravi Nair"}, {"email": "Ravi Nair"}],
)
def test_the_author_by_name(author: object) -> None:
    """A text or an object with one."""
    entry = {"name": "Interested", "added_by": author, "remarks": 5}
    assert (PanelDisposition("Interested", "", "Ravi Nair"),) == panel_dispositions(entry)


def test_several_in_their_order() -> None:
    """One entry per disposition added."""
    found = panel_dispositions([{"name": "Follow-up"}, {"name": "Interested"}])
    assert ["Follow-up", "Interested"] == [d.name for d in found]


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["name", "notes", "by"]), st.text() | st.none() | st.lists(st.text()))
    )
)
def test_any_entries_are_taken(entries: list[dict[str, object]]) -> None:
    """Nothing raises."""
    assert all(d.name for d in panel_dispositions(entries))
