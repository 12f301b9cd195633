"""The components that TrendFlow ships, one module each."""
