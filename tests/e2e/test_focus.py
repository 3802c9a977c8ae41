"""Cards and the keyboard on a real X server and window manager: whoever types elsewhere loses nothing."""

from __future__ import annotations

from typing import Final

from tests.helpers.x11 import HEIGHT, LEFT, ON_X11, Desk, until

TEXT: Final = "the quick brown fox jumps over the lazy dog and types on while cards come and go "
pytestmark = ON_X11


def test_typing_elsewhere_arrives_whole(desk: Desk) -> None:
    """Cards and prompts come, change, are clicked and go, while every character reaches the other window."""
    with desk.typing(TEXT) as typed:
        desk.show("one")
        desk.click("Copy number")
        desk.show("two")
        desk.show("taken")
        desk.show("prompt")
        desk.click("Interested")
        desk.show("next prompt")
        desk.click("Later")
        desk.show("nothing")
    expected = "".join(typed)
    until(lambda: desk.typed() == expected, lambda: f"{desk.typed()!r} of {expected!r}")
    assert any("code='interested'" in intent for intent in desk.intents())
    assert any(intent.startswith("SnoozePrompt(call_id='b'") for intent in desk.intents())


def test_a_card_fades_where_windows_blend(desk: Desk, manager: str) -> None:
    """And is never half-transparent where they don't: then it goes at once."""
    desk.show("taken")
    window = desk.window("Answered by Ravi Nair")
    seen = [100]

    def is_over() -> bool:
        seen.append(desk.opacity(window))
        return "DismissCard(call_id='b')" in desk.intents()

    until(is_over)
    between = {percent for percent in seen if 0 < percent < 100}
    assert bool(between) is (manager == "xfwm4"), seen
    desk.show("nothing")
    desk.show("one")
    assert 100 == desk.opacity(desk.window("Incoming call"))


def test_a_note_can_be_typed_after_a_click(desk: Desk) -> None:
    """A click into the notes brings the keyboard; when the card goes, the other window has it again."""
    desk.show("talking")
    desk.click("Add note")
    until(lambda: not desk.other_window_is_active())
    desk.xdotool("type", "--delay", "12", "asks for the invoice")
    until(lambda: desk.intents() and "notes='asks for the invoice'" in desk.intents()[-1])
    assert "" == desk.typed()
    desk.show("nothing")
    until(desk.other_window_is_active)
    desk.show("one")
    desk.xdotool("type", "--delay", "12", "back")
    until(lambda: desk.typed() == "back")


def test_a_note_is_typed_across_the_end_of_its_call(desk: Desk) -> None:
    """The card's keyboard becomes the prompt's, and no character is lost or goes to the other window."""
    desk.show("talking")
    desk.click("Add note")
    until(lambda: not desk.other_window_is_active())
    with desk.typing(TEXT) as typed:
        until(lambda: "EditDraft" in desk.intents()[-1])
        desk.show("ended")
        until(lambda: len(desk.places()) == 1, desk.places)
    expected = f"notes={''.join(typed)!r}"
    until(lambda: expected in desk.intents()[-1], lambda: f"{desk.intents()[-1]} and {desk.typed()!r}")
    assert desk.typed() == ""


def test_the_prompt_takes_the_keyboard_on_a_click_into_its_notes(desk: Desk) -> None:
    """Digits choose after a click beside the inputs, and are text inside them."""
    desk.show("prompt")
    desk.click("Notes")
    until(lambda: not desk.other_window_is_active())
    desk.xdotool("type", "--delay", "12", "room 3")
    until(lambda: desk.intents() and "notes='room 3'" in desk.intents()[-1])
    assert not any("code='not_interested'" in intent for intent in desk.intents())
    desk.xdotool("key", "ctrl+Return")
    until(lambda: "SubmitDraft" in desk.intents()[-1])


def test_cards_stand_inside_the_work_area(desk: Desk) -> None:
    """Prompt and card lie on the screen, one above the other."""
    desk.show("next prompt")
    until(lambda: len(desk.places()) == 2)
    lower, upper = desk.places()
    assert lower[0] + lower[2] <= LEFT.stop
    assert lower[1] + lower[3] <= HEIGHT
    assert upper[1] + upper[3] <= lower[1] or upper[0] + upper[2] <= lower[0]
    assert upper[1] >= 0


def test_cards_and_a_full_screen_window(desk: Desk, manager: str) -> None:
    """They stand above it, where the manager allows: openbox lets nothing be above the one with the keyboard.

    There the card is seen as soon as the window fills the screen no longer.
    """
    desk.typist.ask("full screen")
    until(desk.other_window_is_active)
    desk.show("one")
    desk.xdotool("type", "--delay", "12", "on")
    if manager == "openbox":
        desk.typist.ask("normal")
        until(desk.other_window_is_active)
    desk.click("Copy number")
    until(lambda: desk.cards.ask("where", "Copied"))
    desk.xdotool("type", "--delay", "12", " and on")
    until(lambda: desk.typed() == "on and on", desk.typed)


def test_quiet_pills_take_no_keyboard_either(desk: Desk) -> None:
    """Under Do Not Disturb calls come as pills; nothing of what is typed goes astray."""
    with desk.typing(TEXT) as typed:
        desk.show("one", do_not_disturb=True)
        desk.show("two", do_not_disturb=True)
        until(
            lambda: len(desk.places()) == 2 and all(height < 80 for *_, height in desk.places()), desk.places
        )
        desk.show("nothing", do_not_disturb=True)
    until(lambda: desk.typed() == "".join(typed), desk.typed)


def test_a_locked_screen_is_survived(desk: Desk) -> None:
    """A call that rang behind the lock is there when the agent is back, and the keyboard where it was."""
    with desk.locked() as locker:
        desk.show("one")
        desk.show("two")
        desk.xdotool("type", "--delay", "12", "secret")
        until(lambda: locker.ask("text")[0] == "secret", lambda: locker.ask("text"))
    until(lambda: len(desk.places()) == 2, desk.places)
    until(desk.other_window_is_active)
    desk.xdotool("type", "--delay", "12", "back")
    until(lambda: desk.typed() == "back", desk.typed)
    assert [] == [intent for intent in desk.intents() if "CardPainted" not in intent]
