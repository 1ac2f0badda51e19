"""What public registers say of a member: asking them, reading their answers, and comparing."""
