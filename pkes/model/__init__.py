"""The model of a registry: records and their fields, how values are read and spelled, and the file's schema."""
