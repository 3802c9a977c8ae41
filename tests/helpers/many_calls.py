"""Very many calls of a device, as a busy agent's year leaves them: for trials of speed and memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from tests.helpers import situations as s

_FIRST = ("Ananya", "Ravi", "Meera", "Vikram", "Sunita", "Imran", "अनन्या", "Joseph", "Kavya", "Harpreet")
_LAST = ("Deshmukh", "Nair", "Iyer", "Rathore", "Patel", "Khan", "देशमुख", "Thomas", "Reddy", "Singh")
_FIRMS = ("Textiles", "Traders", "Motors", "Foods", "Hospital", "Logistics", "School")
_NOTES = ("Wants the GST invoice", "Asked for a better price", "Call after lunch", "", "Delivery was late")


def many_calls(count: int) -> Iterator[MyCall]:
    """`count` disposed conversations, oldest first, three minutes apart, of some thousand callers."""
    outcomes = (
        ("Interested", "interested", None),
        ("Not Interested · Price", "not_interested", "price"),
        ("Follow-up", "follow_up", None),
        ("Resolved", "resolved", None),
    )
    for number in range(count):
        person = number * 7919 % 5000
        name = f"{_FIRST[person % 10]} {_LAST[person // 10 % 10]}"
        contact = Contact(f"c{person}", name, f"{_LAST[person // 7 % 10]} {_FIRMS[person % 7]}")
        caller = Caller(f"+9198{person:04}{person * 37 % 10000:04}", "Pune", contact)
        before = timedelta(minutes=3 * (count - number))
        notes = _NOTES[number % 5]
        label, code, sub_code = outcomes[number % 4]
        call = s.disposed(f"call-{number}", label, caller=caller)
        yield replace(
            call,
            rang_at=s.NOW - before,
            answered_at=s.NOW - before,
            ended_at=s.NOW - before,
            heard_at=s.NOW - before,
            disposed_at=s.NOW - before,
            disposed_notes=notes,
            saved=Disposition(f"d-{number}", call.id, code, sub_code, notes, None, s.NOW - before),
        )
