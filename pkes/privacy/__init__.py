"""What is held of a person, in the registry and in git."""
