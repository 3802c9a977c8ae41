"""What Qt itself says in our windows; the contexts are Qt's classes. There is no Hindi of Qt's own."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

EDIT_MENUS: Final = (
    translate("QLineEdit", "&Undo"),
    translate("QLineEdit", "&Redo"),
    translate("QLineEdit", "Cu&t"),
    translate("QLineEdit", "&Copy"),
    translate("QLineEdit", "&Paste"),
    translate("QLineEdit", "Delete"),
    translate("QLineEdit", "Select All"),
    translate("QWidgetTextControl", "&Undo"),
    translate("QWidgetTextControl", "&Redo"),
    translate("QWidgetTextControl", "Cu&t"),
    translate("QWidgetTextControl", "&Copy"),
    translate("QWidgetTextControl", "&Paste"),
    translate("QWidgetTextControl", "Delete"),
    translate("QWidgetTextControl", "Select All"),
)
BUTTONS: Final = (
    translate("QPlatformTheme", "OK"),
    translate("QPlatformTheme", "Cancel"),
    translate("QPlatformTheme", "Close"),
    translate("QPlatformTheme", "&Yes"),
    translate("QPlatformTheme", "&No"),
)
SCROLL_BARS: Final = (
    translate("QScrollBar", "Scroll here"),
    translate("QScrollBar", "Top"),
    translate("QScrollBar", "Bottom"),
    translate("QScrollBar", "Page up"),
    translate("QScrollBar", "Page down"),
    translate("QScrollBar", "Scroll up"),
    translate("QScrollBar", "Scroll down"),
)
