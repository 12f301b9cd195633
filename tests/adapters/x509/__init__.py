"""Certificates as others believe them."""
