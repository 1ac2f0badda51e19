"""What characters and words are; nothing here knows of registries."""
