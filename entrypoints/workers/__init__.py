"""Processes that carry runs out and keep the house: what they hear, how they wait, how they end."""
