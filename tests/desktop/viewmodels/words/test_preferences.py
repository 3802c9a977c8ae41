from cti_desktop.desktop.viewmodels.words import preferences


def test_with_figures_and_names() -> None:
    """What is filled in stands where it belongs."""
    assert "Today, since the start: 1 pop" == preferences.latency("1 pop")
    assert "DP-7 (not connected)" == preferences.unplugged("DP-7")
