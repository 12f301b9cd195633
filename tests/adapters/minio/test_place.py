"""An address of a bucket is understood whole, or refused without being repeated."""

import pytest

from adapters.minio.place import S3Place

KEYS = {"access_key": "who", "secret_key": "a secret of ours"}


def test_a_bucket_is_named_by_one_address() -> None:
    place = S3Place.read("s3+https://minio.internal:9000/trendflow?region=eu-1", **KEYS)
    assert (place.host, place.bucket, place.region) == ("minio.internal:9000", "trendflow", "eu-1")
    assert place.is_secure
    assert not S3Place.read("s3+http://127.0.0.1:1/abc", **KEYS).is_secure
    assert S3Place.read("s3+http://127.0.0.1:1/abc", **KEYS).region == "us-east-1"


def test_its_keys_are_not_shown() -> None:
    place = S3Place.read("s3+http://127.0.0.1:1/abc", **KEYS)
    assert "who" not in repr(place)
    assert "secret" not in repr(place).replace("is_secure", "")


@pytest.mark.parametrize(
    "url",
    [
        "s3://bucket",
        "https://host/bucket",
        "s3+https://host",
        "s3+https://host/",
        "s3+https://host/Bucket",
        "s3+https://host/a",
        "s3+https://host/bucket/below",
        "s3+https:///bucket",
        "s3+https://who:word@host/bucket",
        "s3+https://host:0/bucket",
        "s3+https://host:x/bucket",
        "s3+https://host/bucket?region=",
        "s3+https://host/bucket?regoin=eu",
        "s3+https://host/bucket#x",
        "s3+https://[host/bucket",
    ],
)
def test_any_other_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValueError, match=r"not the address|Port|Invalid") as refused:
        S3Place.read(url, **KEYS)
    assert "word" not in str(refused.value)
