"""What may be asked and made of a registry: parsing, comparing, selecting, changing; nothing here reads a file."""
