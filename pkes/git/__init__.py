"""git: the repository that a registry stands in."""
