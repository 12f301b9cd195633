"""Taking results over while workers die, files change and stores lose what they had."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.artifacts import MemoryArtifacts
from adapters.memory.database import Kept
from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.ports.remote_videos import RemoteFacts
from application.queries.read_ledger import ReadLedger
from application.taking_over import models_told
from domain.canonical import JsonValue
from domain.component import ComponentStatus
from domain.identity import RunId
from domain.provenance import Provenance
from domain.reuse_key import Equipment
from domain.run import Run, RunStatus
from domain.served_model import ServedModel
from domain.video import Metadata
from tests.builders import LINK, NOON
from tests.features.app import App, a_choice
from tests.features.app_work import WorkerDied

ALL = ("picture", "sound", "title")


@dataclass
class Brittle(MemoryArtifacts):
    """A store whose worker dies before the artifact is written that counts `writes` to nothing."""

    writes: int | None = None
    paths: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        if self.writes is not None:
            if self.writes == 0:
                self.writes = None
                raise WorkerDied
            self.writes -= 1
        self.paths.append(path)
        return super().write(path, content)


class House:
    """One installation with a video on YouTube of which everything was measured."""

    def __init__(self, folder: Path) -> None:
        self.app = App(folder)
        self.store = Brittle()
        self.app.store = self.store
        self.publish()
        self.first = self.carry_out(self.start("picture", "sound_computed", "title"))
        assert self.first.status is RunStatus.OK

    def publish(self, *, frame_rate_hz: float = 25.0) -> None:
        made = MadeVideo(duration_s=20.0, frame_rate_hz=frame_rate_hz)
        facts = RemoteFacts(
            duration_s=20.0,
            width_px=640,
            height_px=360,
            frame_rate_hz=25.0,
            metadata=Metadata(title="A talk"),
        )
        file = self.app.video(made)
        self.app.remote.videos[LINK] = PublishedVideo(facts=facts, content=file.read_bytes())

    def start(self, *names: str) -> Run:
        request, choice = self.app.request(), a_choice(*names)
        return self.app.accept.link(LINK, metadata=Metadata(), profile=choice, request=request)

    def carry_out(self, run: Run) -> Run:
        return self.app.carry_out(run.id)

    def die_in(self, run: Run) -> None:
        with pytest.raises(WorkerDied):
            self.carry_out(run)
        workers = self.app.workers
        workers.dead.add(workers.me)
        workers.me += "+"

    @contextmanager
    def harmed(self) -> Iterator[Kept]:
        """What the database keeps, to be harmed."""
        kept = self.app.database.snapshot()
        yield kept
        self.app.database.replace(kept)

    def lose(self, run: Run, name: str) -> None:
        with self.app.unit_of_work() as work:
            del self.store.contents[work.runs.artifacts(run.id)[name].path]

    def reused(self, run: Run) -> set[str]:
        stored = self.app.run(run.id)
        return {name for name, ended in stored.components.items() if ended.is_reused}

    def charged(self, run: Run) -> int:
        bill = ReadLedger(self.app.unit_of_work).bill(self.app.user, run.id)
        assert bill is not None
        return bill.charged.kopecks


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_worker_that_dies_while_it_takes_over_is_followed_by_one_that_goes_on(
    house: House, writes: int
) -> None:
    """R-501: each result is written once more at most, and nothing is fetched."""
    run = house.start(*ALL)
    house.store.writes, asked = writes, house.app.remote.requests
    house.store.paths.clear()
    house.die_in(run)
    assert len(house.reused(run)) == writes
    ended = house.carry_out(run)
    assert ended.status is RunStatus.OK
    assert house.reused(run) == set(ALL)
    assert len(house.store.paths) == 3
    assert house.app.remote.requests == asked
    assert house.charged(run) == 0


def test_what_was_taken_over_of_a_file_that_has_changed_since_is_measured(house: House) -> None:
    """One run is of one file, whatever happened to the rest of it."""
    run = house.start(*ALL)
    house.store.writes = 1
    house.die_in(run)
    taken = house.reused(run)
    assert len(taken) == 1
    house.lose(house.first, ({*ALL} - taken).pop())
    house.publish(frame_rate_hz=24.0)
    ended = house.carry_out(run)
    assert ended.status is RunStatus.OK
    assert house.reused(run) == set()
    contents = {one.provenance.content for one in ended.components.values() if one.provenance}
    assert len(contents) == 1
    assert house.charged(run) == 0, "an overrun is ours"


def test_of_the_same_file_the_rest_is_taken_over_where_one_result_is_lost(house: House) -> None:
    run = house.start(*ALL)
    house.lose(house.first, "sound")
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == {"picture", "title"}


def test_a_result_that_is_damaged_after_it_was_taken_over_is_taken_over_again(
    house: House,
) -> None:
    """Hardening 72: nothing was decoded for it, so it cannot be measured."""
    house.lose(house.first, "sound")
    run = house.start(*ALL)
    house.app.stop_after = "sound"
    house.die_in(run)
    house.lose(run, "picture")
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == {"picture", "title"}


def test_results_of_another_release_or_decoder_than_promised_are_measured(house: House) -> None:
    run = house.start(*ALL)
    house.app.equipment = Equipment(decoder_build="newer")
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == set()
    assert house.charged(run) == 0


def test_a_result_that_was_taken_over_is_taken_over_from_there_as_old_as_it_is(
    house: House,
) -> None:
    house.app.pass_time(timedelta(days=1))
    second = house.carry_out(house.start("picture"))
    house.lose(house.first, "picture")
    third = house.carry_out(house.start("picture", "title"))
    known = third.components["picture"].provenance
    assert known is not None
    assert known.reused_from == second.id
    assert known.measured_at == house.first.components["picture"].finished_at


def test_what_follows_from_a_result_that_is_lost_is_measured_with_it(house: House) -> None:
    run = house.start("sound_computed", "picture")
    house.lose(house.first, "sound")
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == {"picture"}


def test_an_empty_result_is_taken_over_as_empty(tmp_path: Path) -> None:
    app = App(tmp_path)
    silent = MadeVideo(duration_s=20.0, has_sound=False)
    for names in (("sound", "title"), ("sound", "picture")):
        app.carry_out(app.submit(app.video(silent), *names).id)
    second = next(run for run in app.all_runs() if "picture" in run.components)
    ended = second.components["sound"]
    assert (ended.status, ended.is_reused) == (ComponentStatus.EMPTY, True)
    assert ended.empty_reason is not None


def _without_the_run(kept: Kept, run_id: RunId) -> None:
    del kept.runs[run_id]


def _without_the_row(kept: Kept, run_id: RunId) -> None:
    del kept.runs[run_id].components["sound"]


def _without_the_file(kept: Kept, run_id: RunId) -> None:
    del kept.artifacts[run_id]["sound"]


def _of_another_file(kept: Kept, run_id: RunId) -> None:
    """The run was still at work, found its result damaged, and measured another download of it."""
    ended = kept.runs[run_id].components["sound"]
    assert ended.provenance is not None
    other = replace(ended.provenance, content="f" * 64)
    kept.runs[run_id].components["sound"] = replace(ended, provenance=other)


@pytest.mark.parametrize(
    "harm", [_without_the_run, _without_the_row, _without_the_file, _of_another_file]
)
def test_what_the_database_has_lost_is_measured(
    house: House, harm: Callable[[Kept, RunId], None]
) -> None:
    run = house.start("sound")
    with house.harmed() as kept:
        harm(kept, house.first.id)
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == set()


def test_without_the_account_of_the_preparation_the_results_are_taken_over(house: House) -> None:
    run = house.start("sound")
    with house.harmed() as kept:
        del kept.preprocessing[house.first.id]
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == {"sound"}


def test_a_run_that_no_estimate_was_made_for_is_measured(house: House) -> None:
    run = house.start("sound")
    with house.harmed() as kept:
        kept.runs[run.id].estimate_id = None
    assert house.carry_out(run).status is RunStatus.OK
    assert house.reused(run) == set()


def test_models_come_back_as_the_meta_tells_them() -> None:
    model = ServedModel(
        name="faces", version="2", weights_sha256="ab" * 32, engine="onnx 1.2", device="cuda"
    )
    assert models_told({"models_used": [dict(model.as_dict())]}) == (model,)
    malformed: tuple[dict[str, JsonValue], ...] = (
        {},
        {"models_used": "faces"},
        {"models_used": [{"name": "faces"}]},
    )
    for broken in malformed:
        with pytest.raises(TypeError):
            models_told(broken)


def test_what_was_measured_here_comes_from_no_other_run() -> None:
    with pytest.raises(ValueError, match="no other run"):
        Provenance(
            key="k", content="c", measured_at=NOON, is_reused=False, reused_from=RunId(uuid4())
        )
