"""What a registry is: its records and their fields, how values are read and spelled, and the schema of the file."""
