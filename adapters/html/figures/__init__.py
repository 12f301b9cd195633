"""Figures: one drawing with its words and its numbers, made from a schema alone (R-804)."""
