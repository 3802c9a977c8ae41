"""The server between the telephony provider and the desktops."""
