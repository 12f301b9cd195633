"""Where an S3 server keeps our things, and what lets us in."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

_SCHEMES = {"s3+http": False, "s3+https": True}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_REGION = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
REGION_USUAL = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """A bucket of a server, as `s3+https://host:port/bucket?region=…` names it.

    `public` is the address under which those who upload reach the same server, where that is
    another than ours.
    """

    host: str
    bucket: str
    is_secure: bool
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    public: str | None = None

    @classmethod
    def read(
        cls, url: str, *, access_key: str, secret_key: str, public: str | None = None
    ) -> "S3Place":
        """Raises ValueError for what is no such address, without repeating it."""
        parts, asked = urlsplit(url), parse_qs(urlsplit(url).query, keep_blank_values=True)
        bucket, region = parts.path.removeprefix("/"), asked.pop("region", [REGION_USUAL])[-1]
        fits = (
            parts.scheme in _SCHEMES
            and parts.hostname
            and parts.username is None
            and parts.port != 0
            and _BUCKET.fullmatch(bucket)
            and _REGION.fullmatch(region)
            and not asked
            and not parts.fragment
        )
        if not fits:
            raise ValueError("not the address of a bucket: s3+https://host:port/bucket")
        return cls(
            host=parts.netloc,
            bucket=bucket,
            is_secure=_SCHEMES[parts.scheme],
            region=region,
            access_key=access_key,
            secret_key=secret_key,
            public=public,
        )
