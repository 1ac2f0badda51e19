"""git: the repository that contains a registry."""
