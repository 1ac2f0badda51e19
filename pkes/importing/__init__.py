"""Taking records in: from the rows of a table to what a registry would be with them, and which rows cannot be taken."""
