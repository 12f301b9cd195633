"""Workers behind a broker."""
