"""Operations on a registry: parsing, comparing, selecting, changing; nothing here reads a file."""
