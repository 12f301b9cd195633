"""Buckets of the tests' S3 server, as the adapters are given them."""

from adapters.minio.place import S3Place
from tests.servers.s3 import S3Access


def place_of(server: S3Access, bucket: str) -> S3Place:
    return S3Place.read(
        server.url(bucket), access_key=server.access_key, secret_key=server.secret_key
    )
