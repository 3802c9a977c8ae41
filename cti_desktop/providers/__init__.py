"""A provider's webhook bodies turned into core events: pure functions."""
