"""Which language is spoken, and how figures are written: read from the system, handed to the words.

Every `resources/translations/cti_desktop_<code>.qm` is a language; English needs no file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from cti_desktop.assets import resource
from cti_desktop.desktop import branding
from cti_desktop.desktop.viewmodels.words import language
from cti_desktop.desktop.viewmodels.words import languages as words

ENVIRONMENT: Final = "CTI_DESKTOP_LANGUAGE"
SYSTEM: Final = ""
ENGLISH: Final = "en"
_PREFIX: Final = "cti_desktop_"


@dataclass(frozen=True, slots=True)
class Language:
    """A choice. `code` is `SYSTEM` for what the computer speaks; `name` is in the language itself."""

    code: str
    name: str


@dataclass(slots=True)
class _InUse:
    code: str = ENGLISH
    translator: QTranslator | None = None


_in_use: Final = _InUse()


def available() -> tuple[Language, ...]:
    """What an agent can choose, the system's language first."""
    named = tuple(Language(code, _name(code)) for code in _codes())
    return (Language(SYSTEM, words.SYSTEM), *named)


def in_use() -> str:
    """The code of the language that is spoken."""
    return _in_use.code


def use(code: str = SYSTEM) -> str:
    """Speak `code` from now on; returns the code. An unknown one is English.

    `SYSTEM` is the environment's CTI_DESKTOP_LANGUAGE, or what the computer speaks. Windows that are up hear
    of it by Qt's LanguageChange. Needs the QApplication.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - the composition root makes it first
    chosen = code or os.environ.get(ENVIRONMENT, "") or _of_the_system()
    chosen = chosen if chosen in _codes() else ENGLISH
    before, translator = _in_use.translator, _load(chosen)
    _in_use.code, _in_use.translator = chosen, translator
    locale = QLocale(QLocale(chosen).language(), QLocale.system().territory())
    mirrored = locale.textDirection() is Qt.LayoutDirection.RightToLeft
    language.use(_lookup(translator), replace(formats(QLocale.system()), right_to_left=mirrored))
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    if before is not None:
        app.removeTranslator(before)
    if translator is not None:
        app.installTranslator(translator)
    return chosen


def formats(locale: QLocale) -> language.Formats:
    """How this locale writes figures."""
    clock = locale.timeFormat(QLocale.FormatType.ShortFormat).lower()
    date = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return language.Formats(
        twelve_hours="ap" in clock,
        month_first="M" in date and -1 < date.find("M") < date.find("d"),
        decimal=locale.decimalPoint(),
        thousands=locale.groupSeparator(),
        lakhs=locale.toString(1_23_45_678).count(locale.groupSeparator()) == "1,23,45,678".count(","),
    )


def _codes() -> tuple[str, ...]:
    files = sorted(resource("translations").glob(f"{_PREFIX}*.qm"))
    known = (ENGLISH, *(file.stem.removeprefix(_PREFIX) for file in files))
    return tuple(code for code in known if code in branding.current().languages) or (ENGLISH,)


def _name(code: str) -> str:
    return "English" if code == ENGLISH else QLocale(code).nativeLanguageName()


def _of_the_system() -> str:
    """The first language that the computer prefers and this program speaks."""
    codes = _codes()
    wished = (name.replace("_", "-").partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in wished if code in codes), ENGLISH)


def _load(code: str) -> QTranslator | None:
    if code == ENGLISH:
        return None
    translator = QTranslator()
    return translator if translator.load(str(resource("translations") / f"{_PREFIX}{code}.qm")) else None


def _lookup(translator: QTranslator | None) -> language.Lookup | None:
    """None for plain English. A team lead's name for the product stands in every language."""
    if translator is None and branding.current().name == branding.OUR_NAME:
        return None

    def look_up(context: str, source: str, many: str, number: int) -> str:
        said = translator.translate(context, source, many, number) if translator is not None else ""
        return branding.named(said or (many if many and number != 1 else source))

    return look_up
