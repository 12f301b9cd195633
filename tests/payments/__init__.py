"""Paying for credits, from the first request to the booking."""
