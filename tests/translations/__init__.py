"""The translators' files: made from the words, and held against them."""
