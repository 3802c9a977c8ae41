"""The settings window: every setting as a field, in sections; what IT has fixed is locked and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from cti_desktop.core.text import one_line
from cti_desktop.desktop.address import is_proxy
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import Situation
from cti_desktop.desktop.viewmodels.crm import is_template
from cti_desktop.desktop.viewmodels.words import languages, links, pops
from cti_desktop.desktop.viewmodels.words import preferences as words

POINTER: Final = "follow:pointer"
ACTIVE: Final = "follow:active-window"
Choices = tuple[tuple[str | int, str], ...]
# Seconds and percents to choose from; whatever else IT has set is there, too.
_SECONDS: Final = (5, 10, 20, 30, 60, 120, 300)
# As the system says, or directly.
_NO_PROXIES: Final = ("", "none")
_PERCENTS: Final = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100)


class Kind(Enum):
    """How a field is filled in."""

    SWITCH = "switch"
    CHOICE = "choice"
    TEXT = "text"
    FILE = "file"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` are (value, label). `hint` stands in an empty text."""

    key: str
    label: str
    kind: Kind
    value: str | int | bool
    choices: Choices = ()
    hint: str = ""
    help: str = ""
    locked: bool = False
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one title."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SettingsModel:
    """`latency` is today's, in words; empty without any."""

    sections: tuple[Section, ...]
    latency: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is there to choose from. `wrong`: by key, why a setting has no effect."""

    screens: tuple[str, ...] = ()
    languages: Choices = ()
    wrong: Mapping[str, str] | None = None


NO_MACHINE: Final = Machine()


def settings_model(situation: Situation, machine: Machine = NO_MACHINE) -> SettingsModel:
    """Every setting as it counts now."""
    figures = situation.latency
    today = pops.pops_today(figures.count, figures.whole.p50, figures.whole.p95)
    sections = (
        Section(words.POPS, _cards(situation)),
        Section(words.PLACE, _place(situation, machine)),
        Section(words.SOUND, _sound(situation)),
        Section(words.KEYS, _keys(situation, machine)),
        Section(words.PROGRAM, _program(situation, machine)),
        Section(words.CONNECTION, _connection(situation)),
    )
    return SettingsModel(sections, words.latency(today))


def changes_of(key: str, value: object) -> dict[str, object]:
    """What to change when the field `key` has this value now."""
    if key == "screen" and value in (POINTER, ACTIVE):
        return {"screen": "", "follow": str(value).partition(":")[2]}
    return {key: value}


def _cards(situation: Situation) -> tuple[Field, ...]:
    when = (("ring", words.ON_RING), ("answer", words.ON_ANSWER), ("never", words.NEVER))
    motion = (("system", words.AS_THE_SYSTEM), ("off", words.NOTHING_MOVES))
    return (
        _field(situation, "pop_when", words.POP_WHEN, Kind.CHOICE, choices=when),
        _field(situation, "card_seconds", words.CARD_SECONDS, Kind.CHOICE, choices=_lengths(situation)),
        _field(situation, "do_not_disturb", words.QUIET, Kind.SWITCH, help=words.QUIET_HELP),
        _field(situation, "motion", words.MOTION, Kind.CHOICE, choices=motion),
    )


def _place(situation: Situation, machine: Machine) -> tuple[Field, ...]:
    settings = situation.settings
    names = tuple((name, one_line(name, 60)) for name in machine.screens)
    if settings.screen and settings.screen not in machine.screens:
        names += ((settings.screen, words.unplugged(one_line(settings.screen, 60))),)
    corners = (
        ("bottom-right", words.BOTTOM_RIGHT),
        ("bottom-left", words.BOTTOM_LEFT),
        ("top-right", words.TOP_RIGHT),
        ("top-left", words.TOP_LEFT),
    )
    return (
        Field(
            "screen",
            words.SCREEN,
            Kind.CHOICE,
            settings.screen or f"follow:{settings.follow}",
            ((POINTER, words.WITH_POINTER), (ACTIVE, words.WITH_WINDOW), *names),
            locked=not situation.locked.isdisjoint({"screen", "follow"}),
        ),
        _field(situation, "corner", words.CORNER, Kind.CHOICE, choices=corners),
    )


def _sound(situation: Situation) -> tuple[Field, ...]:
    return (
        _field(situation, "sound", words.RING, Kind.SWITCH),
        _field(situation, "sound_file", words.SOUND_FILE, Kind.FILE, hint=words.SOUND_FILE_HINT),
        _field(situation, "sound_volume", words.VOLUME, Kind.CHOICE, choices=_volumes(situation)),
        _field(situation, "sound_device", words.DEVICE, Kind.TEXT, hint=words.DEVICE_HINT),
    )


def _lengths(situation: Situation) -> Choices:
    lengths = sorted({*_SECONDS, situation.settings.card_seconds} - {0})
    return ((0, words.NOT_BY_ITSELF), *((n, pops.whole_seconds(n)) for n in lengths))


def _volumes(situation: Situation) -> Choices:
    return tuple((n, f"{n} %") for n in sorted({*_PERCENTS, situation.settings.sound_volume}))


def _keys(situation: Situation, machine: Machine) -> tuple[Field, ...]:
    wrong = machine.wrong or {}
    return (
        _field(
            situation,
            "shortcut",
            words.SHORTCUT,
            Kind.TEXT,
            hint=words.NO_SHORTCUT,
            help=words.SHORTCUT_HELP,
            wrong=wrong.get("shortcut", ""),
        ),
        _field(
            situation,
            "privacy_shortcut",
            words.PRIVACY_SHORTCUT,
            Kind.TEXT,
            hint=words.NO_SHORTCUT,
            wrong=wrong.get("privacy_shortcut", ""),
        ),
        _field(situation, "privacy", words.PRIVACY, Kind.SWITCH, help=words.PRIVACY_HELP),
        _field(
            situation,
            "privacy_when_shared",
            words.PRIVACY_WHEN_SHARED,
            Kind.SWITCH,
            help=words.PRIVACY_WHEN_SHARED_HELP,
        ),
        _field(situation, "notify_numbers", words.DIGITS, Kind.SWITCH, help=words.DIGITS_HELP),
    )


def _program(situation: Situation, machine: Machine) -> tuple[Field, ...]:
    spoken = (("", languages.SYSTEM), *machine.languages)
    opening = (("click", words.ON_CLICK), ("ring", words.ON_RING), ("answer", words.ON_ANSWER))
    versions = (("off", words.DONT_LOOK), ("tell", words.TELL), ("download", words.DOWNLOAD))
    return (
        _field(situation, "language", words.LANGUAGE, Kind.CHOICE, choices=spoken),
        _field(situation, "start_at_log_in", words.LOG_IN, Kind.SWITCH),
        _field(situation, "updates", words.UPDATES, Kind.CHOICE, choices=versions),
        _field(
            situation,
            "crm_url",
            words.CRM,
            Kind.TEXT,
            hint=words.CRM_HINT,
            wrong="" if is_template(situation.settings.crm_url) else words.CRM_WRONG,
        ),
        _field(situation, "crm_open", words.CRM_OPEN, Kind.CHOICE, choices=opening, help=words.CRM_OPEN_HELP),
    )


def _connection(situation: Situation) -> tuple[Field, ...]:
    relay, proxy = one_line(situation.relay_url, 120), situation.settings.proxy
    return (
        Field("relay_url", words.RELAY, Kind.FACT, relay, locked="relay_url" in situation.locked),
        _field(
            situation,
            "proxy",
            words.PROXY,
            Kind.TEXT,
            hint=words.PROXY_HINT,
            help=words.PROXY_HELP,
            wrong="" if proxy in _NO_PROXIES or is_proxy(proxy) else links.reason(Trouble.BAD_PROXY),
        ),
        _field(situation, "ca_file", words.CA_FILE, Kind.FILE, hint=words.CA_FILE_HINT),
    )


def _field(situation: Situation, key: str, label: str, kind: Kind, **more: Any) -> Field:  # noqa: ANN401 - of Field
    value = getattr(situation.settings, key)
    return Field(key, label, kind, value, locked=key in situation.locked, **more)
