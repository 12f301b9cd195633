"""The features: every scenario from inside, over memory adapters, and from outside."""
