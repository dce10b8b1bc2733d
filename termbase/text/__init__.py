"""Vietnamese and English text: the lowest layer, which knows no terms."""
