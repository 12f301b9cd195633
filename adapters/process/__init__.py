"""Heavy work in a warm child process, so that a crash or a hang stays there."""
