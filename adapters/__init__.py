"""The ports, each done with one technology."""
