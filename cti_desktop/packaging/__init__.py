"""How the desktop becomes a program to hand out. Runs while building; no part of the program."""
