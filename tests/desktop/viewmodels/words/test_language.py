from collections.abc import Iterator

import pytest

from cti_desktop.desktop.viewmodels.words import calls, language


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Other tests read English."""
    yield
    language.use(None, language.Formats())


def shouting(context: str, source: str, many: str, number: int) -> str:
    """A language that is loud, and knows only calls."""
    if context != "Calls":
        return ""
    return f"{many.upper()}".replace("%N", "%n") if number > 1 else source.upper()


def test_english_needs_no_table() -> None:
    """Without a look-up the source is the text, in its two forms."""
    assert "Incoming call" == language.translate("Calls", "Incoming call")
    assert "1 call" == language.translate("Calls", "%n call", "%n calls", 1)
    assert "0 calls" == language.translate("Calls", "%n call", "%n calls", 0)


def test_constants_follow_the_language() -> None:
    """A constant that was read before the switch is another one after it, under the same name."""
    language.use(shouting)
    assert "INCOMING CALL" == calls.INCOMING
    assert "AND 5 MORE MISSED CALLS" == calls.more_missed(5)
    language.use(None)
    assert "Incoming call" == calls.INCOMING


def test_what_has_no_translation_stays_english() -> None:
    """A hole in the table is a word in English, not an empty button."""
    language.use(shouting)
    assert "Save" == language.translate("Prompts", "Save")
    assert "2 hours" == language.translate("Times", "%n hour", "%n hours", 2)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (language.Formats(), ["7", "999", "1,000", "100,000", "12,345,678"]),
        (language.Formats(lakhs=True), ["7", "999", "1,000", "1,00,000", "1,23,45,678"]),
        (language.Formats(thousands="."), ["7", "999", "1.000", "100.000", "12.345.678"]),
    ],
)
def test_large_numbers_are_grouped_as_the_region_does(how: language.Formats, expected: list[str]) -> None:
    """By thousands, in India by lakhs."""
    language.use(None, how)
    assert expected == [language.grouped(number) for number in (7, 999, 1000, 100_000, 12_345_678)]
