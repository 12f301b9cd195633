"""Results kept in a folder of the local disk."""
