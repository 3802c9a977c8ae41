import pytest

from cti_desktop.desktop.viewmodels.words import starting as words


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (words.no_display(), "desktop session"),
        (words.bad_settings("settings.json: no number"), "settings.json: no number. Mend"),
        (words.not_writable("/var/lib/cti", "Permission denied"), "/var/lib/cti: Permission denied."),
        (words.failed("/home/asha/cti.log"), "Details: /home/asha/cti.log"),
        (words.silent("default"), "profile default, but does not answer"),
        (words.running("default"), "icon beside the clock"),
        (words.newer_store("written by 2.0"), "written by 2.0. Install"),
        (
            words.bad_store("/home/asha/a.sqlite", "disk full"),
            "/home/asha/a.sqlite can’t be used: disk full.",
        ),
    ],
)
def test_every_refusal_says_what_to_do(text: str, mentions: str) -> None:
    """What happened stands beside what to do about it."""
    assert mentions in text
