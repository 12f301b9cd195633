"""Runs, leases and all else that is kept in a SQL database: SQLite or PostgreSQL."""
