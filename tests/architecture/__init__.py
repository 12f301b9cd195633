"""Proof that the house keeps its own rules."""
