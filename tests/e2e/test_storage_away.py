"""An S3 server that is not there is told by name, and its keys are not."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e


def run(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TRENDFLOW_")},
        "TRENDFLOW_DATA_DIR": str(tmp_path),
        "TRENDFLOW_ARTIFACTS_URL": f"s3+http://127.0.0.1:{port}/results",
        "TRENDFLOW_S3_ACCESS_KEY": "canary-who",
        "TRENDFLOW_S3_SECRET_KEY": "canary-word",
    }
    program = [sys.executable, "-m", "entrypoints.cli", *command]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)


def test_the_doctor_names_it_and_goes_on(tmp_path: Path) -> None:
    ended = run(tmp_path, "doctor", "--format", "json")
    found = json.loads(ended.stdout)
    assert found["storage"]["ok"] is False
    assert found["database"]["ok"] is True
    assert ended.returncode == 1
    assert "canary" not in ended.stdout + ended.stderr


def test_a_process_that_stays_does_not_start_without_it(tmp_path: Path) -> None:
    ended = run(tmp_path, "maintain", "--once")
    assert ended.returncode == 1
    assert "storage_failed" in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr
