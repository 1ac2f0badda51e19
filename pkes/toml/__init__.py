"""The text of a TOML file: reading it, where its tables and fields stand, and editing it in place."""
