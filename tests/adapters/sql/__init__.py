"""The SQL database, its schema and its failures."""
