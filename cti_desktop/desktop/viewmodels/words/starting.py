"""Why the program does not start, or ended: on a terminal, and in a box where there is a screen."""

from __future__ import annotations

from cti_desktop.desktop.viewmodels.words.language import translate


def no_display() -> str:
    """A server, or a terminal outside the desktop session."""
    return translate("Starting", "there is no display to show anything on. Start it in a desktop session.")


def bad_settings(error: str) -> str:
    """`error` names file, key and what is allowed."""
    return translate("Starting", "{error}. Mend or delete that file, then start again.").format(error=error)


def not_writable(place: str, error: str) -> str:
    """The profile's folder can't be made or written."""
    return translate("Starting", "{place}: {error}. The program needs to write there.").format(
        place=place, error=error
    )


def display_lost() -> str:
    """The X server or the compositor died."""
    return translate(
        "Starting",
        "the display was closed, so it ended. What was typed is saved; start it again with a display.",
    )


def failed(log: str) -> str:
    """A bug of ours; what was typed is saved."""
    return translate(
        "Starting", "an error in the program ended it. What was typed is saved. Details: {log}"
    ).format(log=log)


def silent(profile: str) -> str:
    """The first one is there, but hangs."""
    return translate(
        "Starting", "it already runs for profile {profile}, but does not answer. End it, then start again."
    ).format(profile=profile)


def running(profile: str) -> str:
    """The store is in use."""
    return translate(
        "Starting", "it already runs for profile {profile}. Look for its icon beside the clock."
    ).format(profile=profile)


def newer_store(error: str) -> str:
    """An older version can't read what a newer one wrote."""
    return translate("Starting", "{error}. Install the newer version again.").format(error=error)


def bad_store(store: str, error: str) -> str:
    """A full or failing disk."""
    return translate(
        "Starting", "its store {store} can’t be used: {error}. Nothing was lost; free space or ask IT."
    ).format(store=store, error=error)
