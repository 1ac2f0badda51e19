"""Merging three versions of a registry: their records field by field, and then the text."""
