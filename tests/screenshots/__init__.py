"""Pictures of every state of every window, drawn from plain situations without a screen."""
