"""Everything kept in memory: real adapters for tests and trials, gone with the process."""
