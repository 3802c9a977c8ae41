"""The tests; each folder mirrors one of cti_desktop."""
