"""Results as rich objects: nothing here prints."""
