"""Personal data: what the registry and git contain about a person."""
