"""The features, over memory adapters."""
