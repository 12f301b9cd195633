"""Profiles and costs in TOML."""
