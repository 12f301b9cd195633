"""Following what changes in the database, from within one process."""
