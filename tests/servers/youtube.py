"""A fake of YouTube behind a local CONNECT proxy that shows certificates of our own authority.

yt-dlp's real extractor talks to it. It proves our adapter and yt-dlp's reading of our idea of the
answers; of the real YouTube (signatures, PO tokens, consent, throttling) it proves nothing.
"""

import json
import re
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.video import YoutubeLink
from tests.outside import require
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.youtube_answers import FakeVideo, Fault, Rendition

MEDIA_DURATION_S = 6
TRICKLE_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the fake has seen, after its proxy took the encryption off."""

    kind: str
    itag: int | None = None
    first_byte: int = 0


@dataclass(slots=True)
class FakeYoutube:
    """What the fake shows, and what it was asked."""

    proxy: str
    authority: Path
    renditions: tuple[Rendition, ...]
    videos: dict[str, FakeVideo] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def publish(self, video_id: str = "aaaaaaaaaaa", **about: Any) -> YoutubeLink:
        """Put a video on the fake; `about` are the fields of `FakeVideo`."""
        given: dict[str, Any] = {"renditions": self.renditions, **about}
        self.videos[video_id] = FakeVideo(**given)
        return YoutubeLink(video_id)

    def asked(self, kind: str) -> list[Request]:
        """The requests of one kind: player, next, media, other."""
        return [request for request in self.requests if request.kind == kind]


class _Server(ThreadingHTTPServer):
    # A handler that waits for a client which has gone must not keep a test from ending.
    daemon_threads = True

    def __init__(self, certificates: Certificates) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificates.server, certificates.server_key)
        self.youtube: FakeYoutube

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away in the middle are what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keep the test's output clean."""

    def do_CONNECT(self) -> None:
        """Take the place of the server that the client wants a tunnel to."""
        self.send_response(200)
        self.end_headers()
        with self.server.tls.wrap_socket(self.connection, server_side=True) as tunnel:
            self.connection = tunnel
            self.rfile, self.wfile = tunnel.makefile("rb"), tunnel.makefile("wb")
            with self.rfile, self.wfile:
                self.close_connection = False
                while not self.close_connection:
                    self.handle_one_request()

    def do_GET(self) -> None:
        """The content servers, and pages that the tests ask yt-dlp to skip."""
        youtube = self._youtube()
        address = urlsplit(self.path)
        if address.path != "/videoplayback":
            youtube.requests.append(Request("other"))
            return self._answer(404, b"<html></html>", "text/html")
        itag = int(parse_qs(address.query)["itag"][0])
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "bytes=0-")
        assert wanted, "a range we do not understand"
        first = int(wanted[1])
        youtube.requests.append(Request("media", itag, first))
        # One video at a time is enough: the content server is not told which it is.
        (video,) = (v for v in youtube.videos.values() if not v.refusal)
        content = next(r.content for r in video.renditions if r.itag == itag)
        last = min(int(wanted[2] or len(content) - 1), len(content) - 1)
        if video.faults:
            return self._fail(video.faults.pop(0), content, first, last)
        return self._send_range(content, first, last)

    def do_POST(self) -> None:
        """YouTube's inner API."""
        youtube = self._youtube()
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = self.path.split("?")[0].rsplit("/", 1)[-1]
        youtube.requests.append(Request(kind))
        if kind == "player":
            video = youtube.videos[asked["videoId"]]
            status = video.player_statuses.pop(0) if video.player_statuses else 200
            return self._json(status, video.player(asked["videoId"]) if status == 200 else {})
        if kind == "next":
            (video,) = youtube.videos.values()
            page = asked.get("continuation")
            return self._json(200, video.comments_page(page) if page else video.beside())
        return self._json(200, {})

    def _youtube(self) -> FakeYoutube:
        youtube = self.server.youtube
        youtube.paths.append(self.path)
        youtube.cookies.append(self.headers.get("Cookie", ""))
        return youtube

    def _json(self, status: int, answer: object) -> None:
        self._answer(status, json.dumps(answer).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _range_head(self, content: bytes, first: int, last: int) -> None:
        self.send_response(206)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Content-Length", str(last + 1 - first))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.end_headers()

    def _send_range(self, content: bytes, first: int, last: int) -> None:
        self._range_head(content, first, last)
        self.wfile.write(content[first : last + 1])

    def _fail(self, fault: Fault, content: bytes, first: int, last: int) -> None:
        if fault in {Fault.FORBIDDEN, Fault.TOO_MANY, Fault.BUSY}:
            self._answer(int(fault.value), b"no", "text/plain")
            return
        self._range_head(content, first, last)
        self.wfile.write(content[first : (first + last) // 2])
        self.wfile.flush()
        if fault is Fault.STALLED:
            self.server.youtube.closing.wait(20)
        elif fault is Fault.TRICKLE:
            for i in range((first + last) // 2, last + 1):
                self.wfile.write(content[i : i + 1])
                self.wfile.flush()
                if self.server.youtube.closing.wait(TRICKLE_PAUSE_S):
                    break
        elif fault is Fault.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


@contextmanager
def running_youtube(
    certificates: Certificates, renditions: tuple[Rendition, ...]
) -> Iterator[FakeYoutube]:
    """Run a fake YouTube on a free local port."""
    server = _Server(certificates)
    proxy = f"http://127.0.0.1:{server.server_port}"
    server.youtube = FakeYoutube(proxy, certificates.authority, renditions)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.youtube
    finally:
        server.youtube.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def youtube_certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates for the hosts that yt-dlp asks."""
    folder = tmp_path_factory.mktemp("authority")
    return make_certificates(folder, "www.youtube.com", "youtube.com", "*.googlevideo.com")


@pytest.fixture(scope="session")
def youtube_renditions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendition, ...]:
    """Six seconds in YouTube's usual formats; sizes in pixels are smaller than they say."""
    ffmpeg, folder = require("ffmpeg"), tmp_path_factory.mktemp("renditions")

    def make(itag: int, *inputs: str, height: int | None, codecs: str) -> Rendition:
        path = folder / f"{itag}.mp4"
        sources = [part for name in inputs for part in ("-f", "lavfi", "-i", name)]
        encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        limit = ["-t", str(MEDIA_DURATION_S), "-movflags", "+faststart"]
        command = [str(ffmpeg), "-v", "error", *sources, *encode, *limit, str(path)]
        subprocess.run(command, check=True)
        return Rendition(itag=itag, content=path.read_bytes(), height=height, codecs=codecs)

    tone = "sine=440:sample_rate=44100"
    return (
        make(18, "testsrc2=s=160x90:r=25", tone, height=360, codecs="avc1.42001E, mp4a.40.2"),
        make(136, "testsrc2=s=320x180:r=25", height=720, codecs="avc1.4d401f"),
        make(137, "testsrc2=s=480x270:r=25", height=1080, codecs="avc1.640028"),
        make(313, "testsrc2=s=960x540:r=25", height=2160, codecs="avc1.640033"),
        make(140, tone, height=None, codecs="mp4a.40.2"),
    )


@pytest.fixture
def youtube(
    youtube_certificates: Certificates,
    youtube_renditions: tuple[Rendition, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[FakeYoutube]:
    """A fake YouTube of this test's own, trusted by this process as if the system trusted it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(youtube_certificates.authority))
    with running_youtube(youtube_certificates, youtube_renditions) as running:
        yield running
