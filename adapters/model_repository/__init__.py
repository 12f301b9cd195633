"""The model repository: made from packages, laid out for whoever serves it."""
