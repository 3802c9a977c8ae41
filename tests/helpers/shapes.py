"""The shape of a JSON value, for comparing bodies without their values."""


def shape(value: object) -> object:
    """Field names and types; a list is the set of its entries' shapes, in a stable order."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        shapes = [shape(entry) for entry in value]
        return [one for place, one in enumerate(shapes) if one not in shapes[:place]]
    return type(value).__name__
