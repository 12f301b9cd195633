"""The commands that stay, where they cannot: no port to listen on, no broker to publish to."""

import socket
from pathlib import Path

import pytest

from entrypoints.cli import run


@pytest.mark.parametrize("command", ["serve", "api"])
def test_a_port_that_is_taken_is_named_before_anything_starts(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is said tells the address and why; nothing claims to be serving."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["--data-dir", str(tmp_path), command, "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "in use" in said
    assert "Serving" not in said


def test_a_relay_without_a_broker_says_that_none_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting that nobody gave has no wrong value."""
    monkeypatch.delenv("TRENDFLOW_BROKER_URL", raising=False)
    assert run(["--data-dir", str(tmp_path), "relay"]) == 64
    assert "TRENDFLOW_BROKER_URL is not set" in capsys.readouterr().err
