"""Characters and words; nothing here knows about registries."""
