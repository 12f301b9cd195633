"""Buckets of the tests' S3 server, as the adapters are given them."""

from adapters.minio.place import S3Place
from tests.servers.s3 import REGION, S3Access


def place_of(server: S3Access, bucket: str) -> S3Place:
    return S3Place(
        host=server.host,
        bucket=bucket,
        is_secure=server.is_secure,
        region=REGION,
        access_key=server.access_key,
        secret_key=server.secret_key,
    )
