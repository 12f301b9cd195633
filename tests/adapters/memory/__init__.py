"""What memory promises beyond its ports."""
