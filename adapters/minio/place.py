"""Where an S3 server keeps our things, and what lets us in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """A bucket of the server at `host`, which may name a port.

    `public` is the address (`https://host`) under which those who upload reach the same server,
    where that is another than ours.
    """

    host: str
    bucket: str
    is_secure: bool
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    public: str | None = None
