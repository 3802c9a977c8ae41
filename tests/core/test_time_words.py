"""The vocabulary of times."""

from cti_desktop.core import time_words as words


def test_every_word_means_one_thing() -> None:
    """None stands in two lists, where the later one would win."""
    lists = [
        *words._DAYS,
        *words._WEEKDAYS,
        *words._MONTHS,
        *words._HALVES.values(),
        *words._UNITS.values(),
        *words._NUMBERS.values(),
        words._NEXT,
        words._FILLERS,
    ]
    said = [words.plain(word) for line in lists for word in line.split()]
    assert sorted(set(said)) == sorted(said)
    assert set(said) == set(words.VOCABULARY)


def test_one_spelling_is_looked_up() -> None:
    """Capitals, a nukta of its own or in the letter, and the sign of an abbreviation make no difference."""
    assert words.plain("TOMORROW") == "tomorrow"
    assert words.plain("\u095e\u0930\u0935\u0930\u0940") == words.plain(
        "\u092b\u093c\u0930\u0935\u0930\u0940"
    )
    assert words.plain("दिस॰").strip() in words.VOCABULARY
