"""Where results and uploads are kept: the data directory, or a bucket of an S3 server (R-701)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

URL, ACCESS, SECRET, PUBLIC = (
    "TRENDFLOW_ARTIFACTS_URL",
    "TRENDFLOW_S3_ACCESS_KEY",
    "TRENDFLOW_S3_SECRET_KEY",
    "TRENDFLOW_S3_PUBLIC_URL",
)
SETTINGS = frozenset({URL, ACCESS, SECRET, PUBLIC})
REGION_USUAL = "us-east-1"

_SCHEMES = {"s3+http": False, "s3+https": True}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_REGION = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)


class InvalidStorage(Exception):
    """A setting of the storage cannot be, or is missing beside another; the word is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """`kind` is `folder`, or `s3` with all that leads to the bucket.

    `public` is the address under which those who upload reach the same server, where that is
    another than ours.
    """

    kind: str = "folder"
    host: str = ""
    bucket: str = ""
    is_secure: bool = True
    region: str = REGION_USUAL
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    public: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Storage":
        """Raises InvalidStorage; keys without a server are a mistake as a server without keys."""
        given = {name: environment.get(name, "").strip() for name in SETTINGS}
        if not given[URL]:
            for name in (ACCESS, SECRET, PUBLIC):
                if given[name]:
                    raise InvalidStorage(URL)
            return cls()
        for name in (ACCESS, SECRET):
            if not given[name]:
                raise InvalidStorage(name)
        try:
            found = _bucket(given[URL])
        except ValueError:
            found = None
        if found is None:
            raise InvalidStorage(URL)
        host, bucket, is_secure, region = found
        return cls(
            kind="s3",
            host=host,
            bucket=bucket,
            is_secure=is_secure,
            region=region,
            access_key=given[ACCESS],
            secret_key=given[SECRET],
            public=_public(given[PUBLIC]),
        )


def _bucket(url: str) -> tuple[str, str, bool, str] | None:
    """Host, bucket, encryption and region of `s3+https://host:port/bucket?region=…`."""
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
    return (parts.netloc, bucket, _SCHEMES[parts.scheme], region) if fits else None


def _public(url: str) -> str | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        fits = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and parts.username is None
            and parts.port != 0
            and parts.path in {"", "/"}
            and not parts.query
        )
    except ValueError:
        fits = False
    if not fits:
        raise InvalidStorage(PUBLIC)
    return url
