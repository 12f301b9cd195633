"""Every measurement against a known truth."""
