"""The file on the disk: found, locked, read, edited and replaced so that it is whole at every moment."""
