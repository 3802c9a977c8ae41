"""The form that asks for one call's disposition: choices, fields, errors in words, and whose call it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.core.disposition import Draft, problems
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.report import Direction
from cti_desktop.core.text import one_line
from cti_desktop.core.wrap_up import Demand
from cti_desktop.desktop.screen import OutboxState, Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.card import talk_time
from cti_desktop.desktop.viewmodels.follow_up import FollowUp, follow_up
from cti_desktop.desktop.viewmodels.outcomes import (
    Choice,
    Outcome,
    SubChoice,
    choices,
    outcomes,
    sub_choices,
    suggestions,
)
from cti_desktop.desktop.viewmodels.words import prompts as words
from cti_desktop.desktop.viewmodels.words import times

_SNOOZES: Final = (5, 15, 60)


@dataclass(frozen=True, slots=True)
class Countdown:
    """The wrap-up is over at `until`; `seconds` is how long it is in all, `label` what is saved then."""

    until: datetime
    seconds: int
    label: str

    def text(self, now: datetime) -> str:
        """What is said of it at `now`."""
        return words.closes(times.duration(self.until - now + timedelta(milliseconds=999)), self.label)

    def share(self, now: datetime) -> float:
        """How much of it is left, 0 to 1."""
        return min(1.0, max(0.0, (self.until - now).total_seconds() / self.seconds))


@dataclass(frozen=True, slots=True)
class Later:
    """The button that puts it aside, and when it could ask again."""

    label: str
    help: str
    choices: tuple[tuple[str, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong beside each field, in words; empty where nothing is."""

    code: str = ""
    sub_code: str = ""
    notes: str = ""
    follow_up_at: str = ""

    @property
    def first(self) -> tuple[str, str]:
        """The first field that is wrong, and what is wrong with it; both empty when nothing is."""
        said = ((f.name, getattr(self, f.name)) for f in fields(self))
        return next(((name, text) for name, text in said if text), ("", ""))


@dataclass(frozen=True, slots=True)
class PromptModel:
    """The prompt that is open. `saving`: on its way to the disk, nothing can be changed.

    `wants`: the first field that the outcome needs and that is empty, or an empty text.
    """

    call_id: str
    caller: CallerModel
    summary: str
    position: str
    draft: Draft
    choices: tuple[Choice, ...]
    sub_choices: tuple[SubChoice, ...]
    follow_up: FollowUp
    notes_needed: bool
    errors: Errors
    refused: str = ""
    saving: bool = False
    title: str = ""
    suggestions: tuple[Outcome, ...] = ()
    offered: tuple[Outcome, ...] = ()
    countdown: Countdown | None = None
    later: Later = Later("", "")
    next_call: str | None = None
    wants: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader announces."""
        return words.announcement(self.caller.told)


def prompt_model(situation: Situation, zone: tzinfo | None = None) -> PromptModel | None:
    """The first prompt in the queue, or None when nothing is asked."""
    calls = {call.id: call for call in situation.calls}
    order = [call_id for call_id in situation.prompt_order if call_id in calls]
    if not order:
        return None
    call, now = calls[order[0]], situation.now
    code = situation.catalogue.find(call.draft.code)
    return PromptModel(
        call_id=call.id,
        caller=caller_model(call.info.caller, tells_digits=situation.settings.notify_numbers),
        summary=_summary(call, now, zone),
        position=words.position(1, len(order)),
        draft=call.draft,
        choices=choices(situation.catalogue, call.draft),
        sub_choices=sub_choices(code, call.draft),
        follow_up=follow_up(code, call.draft, now, zone),
        notes_needed=code is not None and "notes" in code.requires,
        errors=_errors(situation, call),
        refused=_refused(situation, call),
        saving=call.id in situation.saving,
        title=words.CORRECT_TITLE if call.correcting else words.TITLE,
        suggestions=() if call.draft.code else suggestions(situation),
        offered=outcomes(situation.catalogue),
        countdown=_countdown(situation, call),
        later=_later(situation, call),
        next_call=order[1] if len(order) > 1 else None,
        wants=next((p.field for p in problems(call.draft, situation.catalogue, now)), ""),
    )


def _countdown(situation: Situation, call: MyCall) -> Countdown | None:
    rule = situation.policy.rule
    if call.wrap_up_until is None or not rule.is_timed:
        return None
    draft = rule.closing_draft(call.draft, situation.catalogue, situation.now)
    code = draft.code if draft else None
    label = situation.catalogue.label_of(code, draft.sub_code) if code and draft else ""
    return Countdown(call.wrap_up_until, rule.seconds, one_line(label, 40))


def _later(situation: Situation, call: MyCall) -> Later:
    if call.correcting:
        return Later(words.KEEP, words.KEEP_HELP)
    if situation.policy.rule.demand is Demand.REQUIRED:
        return Later(words.LATER, words.LATER_REQUIRED_HELP)
    minutes = [(words.snooze(m), situation.now + timedelta(minutes=m)) for m in _SNOOZES]
    return Later(words.LATER, words.LATER_HELP, (*minutes, (words.WHEN_I_OPEN_IT, None)))


def _summary(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    talked = talk_time(call)
    direction = words.OUTGOING if call.info.direction is Direction.OUTGOING else words.INCOMING
    at = call.answered_at or call.rang_at or call.heard_at
    queue = one_line(call.info.queue, 60) if call.info.queue else ""
    length = times.duration(talked) if talked else ""
    return "  ·  ".join(
        part for part in (direction, queue, times.when(at, now, zone) if at else "", length) if part
    )


def _errors(situation: Situation, call: MyCall) -> Errors:
    """What was complained of and is not mended yet."""
    said = situation.problems.get(call.id, ())
    still = set(problems(call.draft, situation.catalogue, situation.now))
    found = {p.field: words.fault(p.field, p.fault) for p in said if p in still}
    return Errors(**{f: found.get(f, "") for f in ("code", "sub_code", "notes", "follow_up_at")})


def _refused(situation: Situation, call: MyCall) -> str:
    """Why the relay sent this call's disposition back, if it did."""
    for item in situation.outbox:
        if item.state is OutboxState.PARKED and item.disposition.call_id == call.id:
            return words.refused(one_line(item.message, 200))
    return ""
