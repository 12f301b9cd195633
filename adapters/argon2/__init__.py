"""Adapters over argon2-cffi: passwords."""
