"""Shared work of a run, against independent ways to the same result."""
