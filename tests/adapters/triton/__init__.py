"""A Triton server, a real one and ones that only fail."""
