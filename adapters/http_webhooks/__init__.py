"""Webhooks over HTTP, to strangers' addresses."""
