"""Killing runs, and what must be true of a run that was killed and resumed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from application.artifact_format import decode
from tests.e2e.moments import Moment
from tests.e2e.program import Ended, Program

KILLED = -9
MOMENTS = 26
WRITE = "_replace"
TITLE = "How I film at night"

Rows = dict[str, tuple[Any, ...]]


@dataclass(slots=True)
class KilledRun:
    """One run in an installation of its own, killed as often as asked, then resumed to its end."""

    program: Program
    data_dir: Path
    clip: Path
    profile: Path
    run_id: str = ""
    finished: Rows = field(default_factory=dict)
    decoded: bool = False

    def kill(self, moment: Moment) -> None:
        """Carries the run on until the moment; it fails when the moment does not come."""
        ended = self.carry_on(moment)
        assert ended.exit_code == KILLED, f"{moment} never came:\n{ended.out}{ended.err}"
        assert ended.left == (), f"they outlive the run that was killed: {ended.left}"
        self._check_what_is_left()

    def kill_after(self, seconds: float) -> None:
        """Kills the run so many seconds after it was taken up; sooner when it was quicker."""
        while True:
            taken_up = Moment(function="ExecuteRun.__call__", event="call", delay_s=seconds)
            ended = self.carry_on(taken_up)
            if ended.exit_code == KILLED:
                break
            assert ended.exit_code == 0, ended.err
            self.data_dir = self.data_dir.with_name(f"{self.data_dir.name}+")
            self.run_id, seconds = "", 0.7 * seconds
        assert ended.left == (), f"they outlive the run that was killed: {ended.left}"
        self._check_what_is_left()

    def resume(self) -> Ended:
        """Resumes to the end, and checks that nothing that had finished was done again."""
        ended = self.carry_on(None)
        assert ended.exit_code == 0, ended.err
        assert ended.left == ()
        assert ended.answer["run_id"] == self.run_id
        assert set(ended.answer["components"].values()) == {"ok"}
        if self.decoded:
            assert "Decoding" not in ended.err
        after = component_rows(self.data_dir, self.run_id)
        assert {name: after[name] for name in self.finished} == self.finished
        assert manifest_of(self.data_dir)["run"]["preprocessing"]["counters"]["decodes"] == 1
        assert leftovers(self.data_dir) == []
        return ended

    def carry_on(self, moment: Moment | None) -> Ended:
        if self.run_id:
            arguments = ["resume", self.run_id, "--format", "json"]
        else:
            choice = ["--title", TITLE, "--profile", str(self.profile)]
            arguments = ["analyze", str(self.clip), *choice, "--format", "json"]
        return self.program.run(*arguments, data_dir=self.data_dir, moment=moment)

    def _check_what_is_left(self) -> None:
        """Whatever has a row has an artifact that reads; the manifest is whole or not there."""
        listed = self.program.run("runs", "--format", "json", data_dir=self.data_dir)
        runs: Any = json_rows(listed)
        assert len(runs) == 1
        self.run_id = runs[0]["run_id"]
        before, self.finished = self.finished, component_rows(self.data_dir, self.run_id)
        assert {name: self.finished[name] for name in before} == before
        arrays_of(self.data_dir, self.finished)
        if list(self.data_dir.glob("result_store/upload/*/*/manifest.json")):
            manifest_of(self.data_dir)
        self.decoded = (self.data_dir / "work" / self.run_id / "segment").exists()


def decoding(second: int, *, delay_s: float = 0.0) -> Moment:
    """The moment when so many seconds have been decoded, counted from 1, and a little later."""
    return Moment(
        function="ExecuteRun._paced.<locals>.tell", event="call", count=second, delay_s=delay_s
    )


def write_of(name: str, *, at: str, builtin: str, count: int = 1) -> Moment:
    """Before (`c_call`) or after (`c_return`) a step of writing a file of the result store."""
    return Moment(function=WRITE, event=at, builtin=builtin, where={"name": name}, count=count)


def component_rows(data_dir: Path, run_id: str) -> Rows:
    """The rows of the finished components of a run, as they stand in the database."""
    with sqlite3.connect(data_dir / "trendflow.db") as database:
        found = database.execute(
            "SELECT * FROM run_components WHERE run_id = ?", [run_id.replace("-", "")]
        ).fetchall()
    database.close()
    return {row[1]: row for row in found}


def manifest_of(data_dir: Path) -> Any:
    """The manifest of the only run."""
    (file,) = data_dir.glob("result_store/upload/*/*/manifest.json")
    return json.loads(file.read_text(encoding="utf-8"))


def leftovers(data_dir: Path) -> list[Path]:
    """What no ended run leaves: workspaces, uploads, files half written."""
    found = [*data_dir.glob("work/*"), *data_dir.glob("uploads/*")]
    hidden = [*data_dir.glob("result_store/**/.*"), *data_dir.glob("reports/**/.*")]
    return [*found, *hidden, *data_dir.glob("frames/**/*.part")]


def arrays_of(data_dir: Path, names: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    """Type, shape and bytes of every array of the only run's artifacts, by component."""
    found = {}
    for name in names:
        (file,) = data_dir.glob(f"result_store/upload/*/*/{name}/{name}.npz")
        arrays, _ = decode(file.read_bytes())
        found[name] = {
            key: (array.dtype.str, array.shape, np.ascontiguousarray(array).tobytes())
            for key, array in arrays.items()
        }
    return found


def json_rows(ended: Ended) -> Any:
    assert ended.exit_code == 0, ended.err
    return json.loads(ended.out)
