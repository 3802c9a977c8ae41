"""Thin widgets that render view-models and emit intents."""
