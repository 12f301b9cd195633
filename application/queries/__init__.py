"""Questions about what is already there."""
