"""Taking a hold, beside what PostgreSQL's own `pgbench` does with half of the work.

The limit is a transaction of pgbench: BEGIN, an UPDATE under a condition, one INSERT, COMMIT. Ours
adds an idempotency key, the draw from grants, two postings, the hold and its place in the outbox.
Rounds are interleaved: others' load falls on both. Where the disk is slow to sync, it alone is
measured: `TMPDIR=/dev/shm` keeps the server's files in memory.
"""

import contextlib
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from tests.outside import ROOT
from tests.servers.postgres import PrivatePostgres

pytestmark = [pytest.mark.bench, pytest.mark.requires("postgres")]

CLIENTS = 8
SECONDS = 2
ROUNDS = 3
USERS = 1000  # as many as TABLES makes
GOALS = {1: 1.0, USERS: 0.8}

LIMIT = r"""
\set id random(1, {users})
BEGIN;
UPDATE plain_accounts SET available = available - 7 WHERE id = :id AND available >= 7;
INSERT INTO plain_ledger (account, kopecks) VALUES (:id, -7);
COMMIT;
"""

CALL = r"""
\set id random(1, {users})
SELECT outcome FROM ledger_hold(
    (SELECT user_id FROM plain_users WHERE id = :id), gen_random_uuid()::text, repeat('f', 64),
    gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 7, '{{"loudness": 3, "shots": 4}}',
    now(), now() + interval '1 hour');
"""

TABLES = """
CREATE TABLE plain_accounts (id int PRIMARY KEY, available bigint CHECK (available >= 0));
CREATE TABLE plain_ledger (number bigserial PRIMARY KEY, account int, kopecks bigint);
CREATE TABLE plain_users (id int PRIMARY KEY, user_id uuid);
INSERT INTO plain_accounts SELECT i, 1000000000000 FROM generate_series(1, 1000) AS i;
INSERT INTO accounts
    SELECT gen_random_uuid(), 1000000000000, 0 FROM generate_series(1, 1000);
INSERT INTO grants SELECT gen_random_uuid(), user_id, 'paid', now(), NULL, 1000000000000, 0
    FROM accounts;
INSERT INTO plain_users SELECT row_number() OVER (ORDER BY user_id), user_id FROM accounts;
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """Transactions a second, and processor time of the server a transaction in microseconds."""

    a_second: float
    server_us: float
    p99_ms: float = 0.0


class Holders:
    """Processes of ours that wait for their turn; each turn they hold as fast as they can."""

    def __init__(self, url: str, way: str, users: int) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.holder"]
        command += [url, str(users), str(SECONDS), way]
        pipe = subprocess.PIPE
        self._processes = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
            for _ in range(CLIENTS)
        ]
        assert self._answers() == ["ready\n"] * CLIENTS

    def turn(self) -> tuple[int, float]:
        """How many holds they took together, and the 99th percentile in ms."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = [answer.split() for answer in self._answers()]
        return sum(int(each[0]) for each in said), statistics.median(float(e[2]) for e in said)

    def close(self) -> None:
        for process in self._processes:
            process.communicate()

    def _answers(self) -> list[str]:
        pipes = [process.stdout for process in self._processes]
        return [pipe.readline() for pipe in pipes if pipe is not None]


@dataclass(frozen=True, slots=True)
class Bench:
    """One server, measured in two ways: by pgbench and by processes of ours."""

    server: PrivatePostgres
    url: str
    folder: Path

    def by_pgbench(self, script: str, users: int) -> Speed:
        file = self.folder / "script.sql"
        file.write_text(script.format(users=users))
        where = ["-h", "127.0.0.1", "-p", str(self.server.port), "-U", "trendflow"]
        load = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS)]
        began = self._server_s()
        done = subprocess.run(
            [self.server.programs / "pgbench", *where, *load, "-f", file, "postgres"],
            check=True,
            capture_output=True,
            text=True,
        )
        spent_s = self._server_s() - began
        count = int(_said(r"actually processed: (\d+)", done.stdout))
        a_second = float(_said(r"tps = ([\d.]+)", done.stdout))
        return Speed(a_second, 1e6 * spent_s / count)

    def by_processes(self, holders: Holders) -> Speed:
        began = self._server_s()
        count, p99_ms = holders.turn()
        return Speed(count / SECONDS, 1e6 * (self._server_s() - began) / count, p99_ms)

    def _server_s(self) -> float:
        """Processor time of the server: of its processes, and of those that have ended."""
        assert self.server.process is not None
        server = psutil.Process(self.server.process.pid)
        spent = server.cpu_times()
        total = spent.user + spent.system + spent.children_user + spent.children_system
        for process in server.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total


@pytest.fixture
def bench(durable_postgres: PrivatePostgres, tmp_path: Path) -> Bench:
    if not (durable_postgres.programs / "pgbench").exists():
        pytest.skip("pgbench is not among these programs of PostgreSQL (Debian's have it)")
    url = durable_postgres.url.render_as_string(hide_password=False)
    upgrade(url)
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(TABLES))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
    return Bench(durable_postgres, url, tmp_path)


@pytest.mark.parametrize("users", [1, USERS])
def test_holds_against_pgbench(bench: Bench, users: int) -> None:
    limits: list[Speed] = []
    ours: dict[str, list[Speed]] = {"function": [], "call": [], "unit": []}
    holders = {way: Holders(bench.url, way, users) for way in ("call", "unit")}
    for _ in range(ROUNDS):
        limits.append(bench.by_pgbench(LIMIT, users))
        ours["function"].append(bench.by_pgbench(CALL, users))
        for way, processes in holders.items():
            ours[way].append(bench.by_processes(processes))
    for processes in holders.values():
        processes.close()
    limit = statistics.median(each.a_second for each in limits)
    server_us = statistics.median(each.server_us for each in limits)
    load = os.getloadavg()[0]
    print(f"\n{users} accounts, load {load:.0f}; pgbench {limit:.0f}/s, {server_us:.0f} us")
    for name, speeds in ours.items():
        ratio = statistics.median(
            mine.a_second / theirs.a_second for mine, theirs in zip(speeds, limits, strict=True)
        )
        server_us, p99_ms = _medians(speeds)
        print(
            f"  {name}: ratio {ratio:.2f} (goal {GOALS[users]}), server {server_us:.0f} us, "
            f"p99 {p99_ms:.1f} ms"
        )


def _medians(speeds: Sequence[Speed]) -> tuple[float, float]:
    return (
        statistics.median(each.server_us for each in speeds),
        statistics.median(each.p99_ms for each in speeds),
    )


def _said(pattern: str, output: str) -> str:
    found = re.search(pattern, output)
    assert found, output
    return found[1]
