"""Random bytes from the operating system."""

import secrets


class SystemRandomness:
    """What the kernel gives for secrets (port `Randomness`)."""

    def draw(self, count: int) -> bytes:
        return secrets.token_bytes(count)
