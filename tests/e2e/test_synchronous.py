"""A demonstration: certificates by one command, then a run that is waited for (R-503, R-904)."""

import asyncio
import ssl
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.e2e import stranger
from tests.e2e.clips import make_clip
from tests.e2e.program import Program
from tests.e2e.service import service, synchronous
from tests.e2e.stranger import Stranger
from tests.servers.certificates import Certificates, make_certificates

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

EMAIL, PASSWORD = "demo@example.org", "correct horse battery"


def test_a_run_is_waited_for_over_mutual_tls_whose_certificates_are_renewed(
    program: Program, tmp_path: Path
) -> None:
    data_dir, clip = tmp_path / "data", make_clip(tmp_path / "clip.mp4")
    with service(data_dir) as api:
        somebody, video = known_with_a_video(api, clip, program, data_dir)
        assert program.run("certs", data_dir=data_dir).exit_code == 0
        ours = Certificates.within(data_dir / "certificates")
        asked = {"video": video, "profile": "fast", "idempotencyKey": uuid4().hex}
        foreign = make_certificates(tmp_path / "foreign", "127.0.0.1")
        with synchronous(data_dir, ours) as url:
            for stranger_to_us in (trusting(ours), showing(ours, foreign)):
                with pytest.raises(httpx.TransportError):
                    post(url, stranger_to_us, somebody.token, asked)
            answer = post(url, showing(ours, ours), somebody.token, asked)
            assert answer.status_code == 200, answer.text
            told = answer.json()
            assert told["run"]["status"] == "ok"
            assert {one["status"] for one in told["components"]} <= {"ok", "empty"}
            with httpx.Client(base_url=url, verify=showing(ours, ours)) as client:
                exported = client.get(told["exports"]["json"]["url"])
            assert "loudness" in exported.json()["artifacts"]

            before = certificate(url)
            assert program.run("certs", "--renew", data_dir=data_dir).exit_code == 0
            assert certificate(url) != before
            again = post(url, showing(ours, ours), somebody.token, asked)
            assert again.json()["run"]["runId"] == told["run"]["runId"]


def test_it_is_off_unless_it_is_switched_on(program: Program, data_dir: Path) -> None:
    """R-503: off in production unless enabled."""
    ended = program.run("sync", data_dir=data_dir)
    assert ended.exit_code == 64
    assert "TRENDFLOW_SYNC is not on" in ended.err


def known_with_a_video(
    api: str, clip: Path, program: Program, data_dir: Path
) -> tuple[Stranger, str]:
    async def story() -> tuple[Stranger, str]:
        one = Stranger(api)
        signed = await one.asks(stranger.SIGN_UP, email=EMAIL, password=PASSWORD)
        one.token = signed["token"]
        video = await one.uploads(clip, title="A demonstration")
        return one, video["id"]

    known = asyncio.run(story())
    given = program.run("topup", "500", "--user", EMAIL, data_dir=data_dir)
    assert given.exit_code == 0, given.err
    return known


def trusting(made: Certificates) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=made.authority)


def showing(trusted: Certificates, shown: Certificates) -> ssl.SSLContext:
    context = trusting(trusted)
    context.load_cert_chain(shown.client, shown.client_key)
    return context


def post(url: str, context: ssl.SSLContext, token: str, body: object) -> httpx.Response:
    with httpx.Client(base_url=url, verify=context, timeout=320) as client:
        headers = {"authorization": f"Bearer {token}"}
        return client.post("/process/sync", json=body, headers=headers)


def certificate(url: str) -> str:
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    return ssl.get_server_certificate((parts.hostname, parts.port))
