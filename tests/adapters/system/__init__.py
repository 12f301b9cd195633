"""The machine's clock and processes."""
