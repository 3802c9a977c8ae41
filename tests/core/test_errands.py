"""What agents wish."""

from cti_desktop.core.errands import (
    ADD_CONTACT,
    CHOOSE_CONTACT,
    DIAL,
    DURABLE,
    FOLLOW_UP_DONE,
    MERGE_CONTACTS,
    PART_CONTACTS,
    RECORDING,
    REVEAL,
    UNMERGE_CONTACTS,
    Errand,
)


def test_only_what_keeps_its_sense_is_kept() -> None:
    """A call that is dialled tomorrow, after a night offline, would be a fright."""
    about_contacts = {ADD_CONTACT, CHOOSE_CONTACT, MERGE_CONTACTS, UNMERGE_CONTACTS, PART_CONTACTS}
    assert {*about_contacts, FOLLOW_UP_DONE} == DURABLE
    assert not DURABLE & {REVEAL, DIAL, RECORDING}
    assert Errand("1", DIAL, "c").args == {}
