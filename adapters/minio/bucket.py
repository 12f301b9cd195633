"""One bucket of an S3 server, whose failures are told in our words."""

import contextlib
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.deleteobjects import DeleteObject
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from urllib3.exceptions import HTTPError

from adapters.minio.place import S3Place
from application.errors import AdapterError, ResourceExhausted

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 60.0
CHUNK_BYTES = 1 << 20
_SINGLE_BYTES_MIN = 5 << 20
"""What is put in one piece: the client wants its parts no smaller than this."""

_ABSENT = {"NoSuchKey", "ResourceNotFound"}
_THERE = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}
_FULL = {"XMinioStorageFull", "QuotaExceeded", "InsufficientStorage"}
_PASSING = {
    *("InternalError", "ServiceUnavailable", "SlowDown", "SlowDownRead", "SlowDownWrite"),
    *("RequestTimeout", "OperationAborted", "XMinioServerNotInitialized", "TooManyRequests"),
}
_PASSING_STATUSES = {408, 409, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """An object by its key."""

    key: str
    size_bytes: int
    changed_at: datetime


class S3Bucket:
    """Puts, gets and lists the objects of one bucket, which is made when it is missing.

    Every call is one try: who asks decides, by `retryable`, whether to ask again. An object is put
    whole or not at all.
    """

    def __init__(self, place: S3Place) -> None:
        self._place = place
        self._http = urllib3.PoolManager(
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S),
            maxsize=16,
        )
        self._client = _client(place, place.host, is_secure=place.is_secure, http=self._http)
        self._signing = self._client
        if place.public is not None:
            seen = urlsplit(place.public)
            is_secure = seen.scheme == "https"
            self._signing = _client(place, seen.netloc, is_secure=is_secure, http=self._http)
        self._is_ready = False
        self._readying = threading.Lock()

    @property
    def name(self) -> str:
        return self._place.bucket

    def prepare(self) -> None:
        """Makes the bucket unless it is there; open to nobody but us."""
        with self._readying:
            if self._is_ready:
                return
            with told_apart():
                if not self._client.bucket_exists(self.name):
                    self._make()
            self._is_ready = True

    def ping(self) -> None:
        """Raises AdapterError when the server, or the bucket, does not answer."""
        with told_apart():
            if not self._client.bucket_exists(self.name):
                raise _failure("NoSuchBucket", is_passing=False)

    def put(self, key: str, content: bytes) -> None:
        self.prepare()
        with told_apart():
            self._client.put_object(
                self.name,
                key,
                io.BytesIO(content),
                len(content),
                part_size=max(len(content), _SINGLE_BYTES_MIN),
            )

    @contextlib.contextmanager
    def opened(self, key: str) -> Iterator["OpenedObject | None"]:
        """An object to be read in pieces; None when it is not there."""
        self.prepare()
        try:
            with told_apart():
                response = self._client.get_object(self.name, key)
        except _AbsentObject:
            yield None
            return
        try:
            yield OpenedObject(response)
        finally:
            response.close()
            response.release_conn()

    def listed(self, prefix: str) -> list[StoredObject]:
        self.prepare()
        with told_apart():
            return [
                StoredObject(
                    key=found.object_name,
                    size_bytes=found.size or 0,
                    changed_at=found.last_modified,
                )
                for found in self._client.list_objects(self.name, prefix=prefix, recursive=True)
                if found.object_name is not None and found.last_modified is not None
            ]

    def remove(self, keys: list[str]) -> None:
        self.prepare()
        with told_apart():
            failed = list(self._client.remove_objects(self.name, map(DeleteObject, keys)))
        for error in failed:
            if error.code not in _ABSENT:
                raise _failure(error.code, is_passing=error.code in _PASSING)

    def link_to_put(self, key: str, *, lasting: timedelta) -> str:
        """A signed address that takes this one object; made without asking the server."""
        return str(self._signing.presigned_put_object(self.name, key, expires=lasting))

    def _make(self) -> None:
        try:
            self._client.make_bucket(self.name)
        except S3Error as error:
            # Another process made it at the same moment.
            if error.code not in _THERE:
                raise


class OpenedObject:
    """The content of an object on its way."""

    def __init__(self, response: urllib3.BaseHTTPResponse) -> None:
        self._response = response

    @property
    def size_bytes(self) -> int:
        return int(self._response.headers.get("content-length", "-1"))

    def chunks(self) -> Iterator[bytes]:
        with told_apart():
            yield from self._response.stream(CHUNK_BYTES)


class _AbsentObject(Exception):
    """No object has this key."""


@contextlib.contextmanager
def told_apart() -> Iterator[None]:
    """Gives the server's failures our words: its codes, never an address, a key or a signature."""
    try:
        yield
    except S3Error as error:
        if error.code in _ABSENT:
            raise _AbsentObject from error
        if error.code in _FULL:
            raise ResourceExhausted("the object storage is full") from error
        is_passing = error.code in _PASSING or error.response.status in _PASSING_STATUSES
        raise _failure(str(error.code), is_passing=is_passing) from error
    except (ServerError, InvalidResponseError) as error:
        status = int(getattr(error, "status_code", 0) or getattr(error, "_code", 0) or 0)
        raise _failure(f"HTTP {status}", is_passing=status in _PASSING_STATUSES) from error
    except (HTTPError, OSError) as error:
        raise _failure(type(error).__name__, is_passing=True) from error
    except MinioException as error:
        raise _failure(type(error).__name__, is_passing=False) from error


def _failure(told: str, *, is_passing: bool) -> AdapterError:
    return AdapterError(
        f"the object storage failed ({told})", code="storage_failed", retryable=is_passing
    )


def _client(place: S3Place, host: str, *, is_secure: bool, http: urllib3.PoolManager) -> Minio:
    return Minio(
        host,
        place.access_key,
        place.secret_key,
        secure=is_secure,
        region=place.region,
        http_client=http,
    )
