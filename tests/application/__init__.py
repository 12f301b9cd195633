"""The application's own rules, with no adapter but those in memory."""
