"""The address of a bucket is understood whole, or refused by its setting and never repeated."""

from pathlib import Path

import pytest

from entrypoints.settings import InvalidSetting, Settings
from entrypoints.storage import Storage

KEYS = {"TRENDFLOW_S3_ACCESS_KEY": "canary-who", "TRENDFLOW_S3_SECRET_KEY": "canary-word"}
URL = "TRENDFLOW_ARTIFACTS_URL"


def test_without_an_address_results_are_in_the_data_directory() -> None:
    assert Settings.read({}).storage == Storage()
    assert Storage().kind == "folder"


def test_a_bucket_is_named_by_one_address() -> None:
    url = "s3+https://minio.internal:9000/trendflow?region=eu-1"
    found = Settings.read({URL: url, **KEYS}).storage
    assert (found.kind, found.host, found.bucket) == ("s3", "minio.internal:9000", "trendflow")
    assert (found.is_secure, found.region, found.public) == (True, "eu-1", None)
    found = Settings.read({URL: "s3+http://127.0.0.1:1/abc", **KEYS}).storage
    assert (found.is_secure, found.region) == (False, "us-east-1")


def test_keys_are_not_shown(tmp_path: Path) -> None:
    settings = Settings.read({URL: "s3+http://127.0.0.1:1/abc", **KEYS}, data_dir=tmp_path)
    assert settings.storage.access_key == "canary-who"
    assert "canary" not in repr(settings)


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
        "s3+https://host/bucket?zone=eu",
        "s3+https://host/bucket#x",
        "s3+https://[host/bucket",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidSetting, match=r"^TRENDFLOW_ARTIFACTS_URL$"):
        Settings.read({URL: url, **KEYS})


@pytest.mark.parametrize("missing", sorted(KEYS))
def test_a_bucket_without_a_key_is_refused_by_the_keys_name(missing: str) -> None:
    given = {URL: "s3+http://127.0.0.1:1/abc", **KEYS, missing: ""}
    with pytest.raises(InvalidSetting, match=f"^{missing}$"):
        Settings.read(given)


def test_keys_without_a_bucket_are_refused() -> None:
    with pytest.raises(InvalidSetting, match=r"^TRENDFLOW_ARTIFACTS_URL$"):
        Settings.read(KEYS)


@pytest.mark.parametrize(
    "public", ["files.example.org", "ftp://host", "https://host/below", "https://w@h", "https://[h"]
)
def test_an_address_for_senders_that_cannot_be_is_refused(public: str) -> None:
    given = {URL: "s3+http://127.0.0.1:1/abc", **KEYS, "TRENDFLOW_S3_PUBLIC_URL": public}
    with pytest.raises(InvalidSetting, match=r"^TRENDFLOW_S3_PUBLIC_URL$"):
        Settings.read(given)


def test_senders_may_have_an_address_of_their_own() -> None:
    given = {URL: "s3+http://127.0.0.1:1/abc", **KEYS}
    public = "https://files.example.org"
    found = Settings.read({**given, "TRENDFLOW_S3_PUBLIC_URL": public})
    assert found.storage.public == public
