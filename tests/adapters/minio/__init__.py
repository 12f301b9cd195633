"""The S3 server's adapters: what only they can show."""
