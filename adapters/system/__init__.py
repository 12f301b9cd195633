"""What the machine itself tells: the time of day, and which processes live."""
