"""Certificates after X.509 (RFC 5280)."""
