"""What providers of others tell us over HTTP."""
