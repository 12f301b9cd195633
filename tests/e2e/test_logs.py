"""What a person gave is kept in their own results, and written nowhere else (R-706)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.clips import make_clip
from tests.e2e.conftest import write_profile
from tests.e2e.program import Ended, Program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

TITLE, DESCRIPTION, TAG = "quokkatitle", "wombatdescription", "numbattag"
FILE_NAME, FILE_TAG = "bilbyname", "dugongtag"
CANARIES = (TITLE, DESCRIPTION, TAG, FILE_NAME, FILE_TAG)
GIVEN = ("--title", f"{TITLE} at night", "--description", f"{DESCRIPTION} here", "--tag", TAG)


def found_in(text: str | bytes) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    return [canary for canary in CANARIES if canary.encode() in content]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own, with what is given beside it."""
    folder = tmp_path_factory.mktemp("logs")
    (folder / "given").mkdir()
    (folder / "home" / "tmp").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def calls(program: Program, place: Path) -> list[Ended]:
    """Everything that handles a video: it succeeds, is refused, breaks off, ends in an error."""
    good = make_clip(place / "given" / f"{FILE_NAME}.mp4", tags=FILE_TAG)
    content = bytearray(good.read_bytes())
    lost = slice(len(content) // 20, len(content) * 3 // 4)
    content[lost] = bytes(lost.stop - lost.start)
    broken = place / "given" / f"{FILE_NAME}-broken.mp4"
    broken.write_bytes(content)
    text = place / "given" / f"{FILE_NAME}.txt"
    text.write_text(FILE_TAG)
    names = ("title_style", "description_style", "key_phrases", "readability", "loudness")
    profile = write_profile(place / "given" / "profile.toml", *names)
    chosen = ("--profile", str(profile))

    def call(*arguments: str) -> Ended:
        return program.run(
            *arguments,
            data_dir=place / "home" / "data",
            environment={"TMPDIR": str(place / "home" / "tmp")},
        )

    ended = [call("analyze", str(good), *GIVEN, *chosen, "--format", "json")]
    run_id = ended[0].answer["run_id"]
    files = [str(good), str(broken), str(text), str(place / "given" / "missing" / FILE_NAME)]
    ended += [call(which, file, *GIVEN, *chosen) for file in files for which in COMMANDS]
    ended += [call("resume", run_id), call("runs"), call("doctor")]
    return ended


COMMANDS = ("analyze", "estimate")


def test_no_command_prints_what_it_was_given(calls: list[Ended]) -> None:
    """R-706: neither progress nor a refusal echoes a title, a tag or a file's name."""
    assert sorted({ended.exit_code for ended in calls}) == [0, 1, 2]
    assert [found_in(ended.err) for ended in calls] == [[]] * len(calls)
    assert [found_in(ended.out) for ended in calls] == [[]] * len(calls)


def test_nothing_is_written_but_the_results(calls: list[Ended], place: Path) -> None:
    """R-706: the database and the person's own results hold the title; the manifest does not."""
    assert calls
    home = place / "home"
    files = [file for file in home.rglob("*") if file.is_file()]
    own = {file for file in files if is_own(file.relative_to(home / "data"))}
    assert {file for file in files if found_in(file.read_bytes())} <= own
    assert any(TITLE in found_in(file.read_bytes()) for file in own)
    manifests = [file for file in files if file.name == "manifest.json"]
    assert len(manifests) > 1
    assert [file for file in manifests if found_in(file.read_bytes())] == []
    assert [file for file in files if found_in(str(file.relative_to(home)))] == []


def is_own(file: Path) -> bool:
    """Places of a person's own: the database, the report, the artifacts."""
    return file.name.startswith("trendflow.db") or file.suffix in {".html", ".npz"}


def test_the_search_finds_what_is_there() -> None:
    """Without this the tests above could not fail."""
    assert found_in(f"…{TAG}…") == [TAG]


@pytest.fixture(scope="module", autouse=True)
def _nothing_stays_in_the_temporary_folder(calls: list[Ended], place: Path) -> Iterator[None]:
    yield
    assert calls
    assert list((place / "home" / "tmp").iterdir()) == []
