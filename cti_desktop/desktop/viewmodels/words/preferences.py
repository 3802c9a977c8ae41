"""The words of the settings window."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

TITLE: Final = translate("Preferences", "Settings")
OPEN: Final = translate("Preferences", "&Settings")
MENU: Final = translate("Preferences", "Settings…")
APPLIED: Final = translate("Preferences", "Every change counts at once.")
FIXED: Final = translate("Preferences", "Fixed by your IT")
CHOOSE_FILE: Final = translate("Preferences", "Choose…")
TEST_POP: Final = translate("Preferences", "Show a &test pop")
EXPORT: Final = translate("Preferences", "Write a file for &IT")
EXPORT_HELP: Final = translate(
    "Preferences", "Versions, settings and the log, without names or numbers of callers"
)

POPS: Final = translate("Preferences", "Cards")
PLACE: Final = translate("Preferences", "Place")
SOUND: Final = translate("Preferences", "Sound")
KEYS: Final = translate("Preferences", "Keyboard and privacy")
PROGRAM: Final = translate("Preferences", "Program")
CONNECTION: Final = translate("Preferences", "Connection")

POP_WHEN: Final = translate("Preferences", "Show a card")
ON_RING: Final = translate("Preferences", "As the phone rings")
ON_ANSWER: Final = translate("Preferences", "Once I answer")
NEVER: Final = translate("Preferences", "Only when I open it")
CARD_SECONDS: Final = translate("Preferences", "Make it small after")
NOT_BY_ITSELF: Final = translate("Preferences", "Never by itself")
QUIET: Final = translate("Preferences", "Do not disturb")
QUIET_HELP: Final = translate("Preferences", "Calls come as small pills, without sound. Nothing is lost.")
MOTION: Final = translate("Preferences", "Cards fade as they go")
AS_THE_SYSTEM: Final = translate("Preferences", "As the system says")
NOTHING_MOVES: Final = translate("Preferences", "Never")

SCREEN: Final = translate("Preferences", "Screen")
WITH_POINTER: Final = translate("Preferences", "Where the pointer is")
WITH_WINDOW: Final = translate("Preferences", "Where I work")
CORNER: Final = translate("Preferences", "Corner")
BOTTOM_RIGHT: Final = translate("Preferences", "Bottom right")
BOTTOM_LEFT: Final = translate("Preferences", "Bottom left")
TOP_RIGHT: Final = translate("Preferences", "Top right")
TOP_LEFT: Final = translate("Preferences", "Top left")

RING: Final = translate("Preferences", "Play a sound when it rings")
SOUND_FILE: Final = translate("Preferences", "Sound file")
SOUND_FILE_HINT: Final = translate("Preferences", "The one that came along (WAV)")
VOLUME: Final = translate("Preferences", "Volume")
DEVICE: Final = translate("Preferences", "Device")
DEVICE_HINT: Final = translate("Preferences", "As the system says")

SHORTCUT: Final = translate("Preferences", "Shortcut to the newest card")
PRIVACY_SHORTCUT: Final = translate("Preferences", "Shortcut to hide who calls")
NO_SHORTCUT: Final = translate("Preferences", "None")
SHORTCUT_HELP: Final = translate(
    "Preferences", "From any program; with Ctrl, Alt or the Windows key, such as Ctrl+Alt+Space"
)
SHORTCUT_TAKEN: Final = translate("Preferences", "Another program has this shortcut. Choose another one.")
SHORTCUT_BAD: Final = translate("Preferences", "This is no shortcut. Write one like Ctrl+Alt+Space.")
SHORTCUT_NOWHERE: Final = translate(
    "Preferences", "This system lets no program have a shortcut of its own. Use the tray’s menu."
)
PRIVACY: Final = translate("Preferences", "Hide who calls")
PRIVACY_HELP: Final = translate("Preferences", "Initials and three digits only, while you share your screen")
PRIVACY_WHEN_SHARED: Final = translate("Preferences", "Hide who calls whenever the screen is shared")
PRIVACY_WHEN_SHARED_HELP: Final = translate(
    "Preferences", "Where the system tells: a cast or mirrored screen, not every meeting"
)
PRIVATE: Final = translate("Preferences", "Private: you hid who calls")
PRIVATE_WHILE_SHARED: Final = translate("Preferences", "Private while your screen is shared")
REVEALED: Final = translate("Preferences", "Your screen is shared, and who calls can be seen")
DIGITS: Final = translate("Preferences", "Last digits in titles and announcements")
DIGITS_HELP: Final = translate("Preferences", "Off: task switchers and screen readers get the name only")

LANGUAGE: Final = translate("Preferences", "Language")
LOG_IN: Final = translate("Preferences", "Start when I log in")
UPDATES: Final = translate("Preferences", "Newer versions")
DONT_LOOK: Final = translate("Preferences", "Don’t look for them")
TELL: Final = translate("Preferences", "Tell me")
DOWNLOAD: Final = translate("Preferences", "Tell me, and fetch them")
CRM: Final = translate("Preferences", "Address of the CRM")
CRM_WRONG: Final = translate(
    "Preferences", "It must begin with https:// and a fixed host, with blanks such as {number} behind it."
)
CRM_OPEN: Final = translate("Preferences", "Open the caller’s page")
ON_CLICK: Final = translate("Preferences", "When I click")
CRM_OPEN_HELP: Final = translate("Preferences", "If by itself: once for a call, without taking the keyboard")
CRM_HINT: Final = "https://crm.example/?q={number}"
RELAY: Final = translate("Preferences", "Relay")
PROXY: Final = translate("Preferences", "Proxy")
PROXY_HINT: Final = translate("Preferences", "As the system says")
PROXY_HELP: Final = translate("Preferences", "http://host:port, or none to connect directly")
CA_FILE: Final = translate("Preferences", "Certificate authority")
CA_FILE_HINT: Final = translate("Preferences", "Those of the system")


def latency(text: str) -> str:
    """`Today, since the start: 23 pops, 40 ms …`. Empty for none: what was before a start is forgotten."""
    return translate("Preferences", "Today, since the start: {figures}").format(figures=text) if text else ""


def unplugged(name: str) -> str:
    """A screen that was chosen, and is not there now."""
    return translate("Preferences", "{name} (not connected)").format(name=name)
