"""Proof that TrendFlow does what it says."""
