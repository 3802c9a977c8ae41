"""State turned into frozen view-models. No Qt."""
