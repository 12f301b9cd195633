"""Where the outside world comes in, and where everything is put together."""
