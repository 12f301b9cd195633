"""What a person or a worker can have done, one verb a file."""
