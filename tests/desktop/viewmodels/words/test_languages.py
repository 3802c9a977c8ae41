from cti_desktop.desktop.viewmodels.words import languages


def test_the_system_is_a_choice() -> None:
    """Whoever chooses nothing gets what the computer speaks."""
    assert "As on this computer" == languages.SYSTEM
