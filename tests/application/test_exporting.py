"""A run taken away as files: what was measured is what is read back."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.memory.artifacts import MemoryArtifacts
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.artifact_format import decode, encode
from application.errors import ArtifactCorrupt, ResultsIncomplete
from application.exporting.subtitles import Word, subtitles
from application.exporting.tables import cell
from application.exporting.zipped import zipped
from application.ports.components import Component
from application.queries.export_run import ExportFormat, ExportRun
from domain.component import ComponentStatus
from domain.errors import NoWords, RunNotEnded, RunNotFound
from domain.ledger import LOCAL_USER
from domain.run import Run
from domain.schema import ArtifactSchema, DType, Unit
from tests.builders import (
    NOON,
    a_component_run,
    a_profile,
    a_running_run,
    an_array_schema,
    an_artifact,
    an_artifact_schema,
)
from tests.ledgers import a_user

LOUDNESS: dict[str, NDArray[Any]] = {
    "times_s": np.array([0.0, 0.5, 1.0]),
    "values": np.array([-23.25, np.nan, -18.0]),
    "bands": np.array([[1, 2], [3, 4], [5, 6]]),
    "is_loud": np.array([True, False, True]),
    "mean": np.array(-20.625),
    "key": np.array("=HYPERLINK(1)"),
}
SCHEMA = an_artifact_schema(
    an_array_schema("times_s", unit=Unit.SECONDS),
    an_array_schema("values", unit=Unit.LUFS),
    an_array_schema("bands", dtype=DType.INT64, axes=("frame", "band")),
    an_array_schema("is_loud", dtype=DType.BOOL),
    an_array_schema("mean", axes=(), unit=Unit.LUFS),
    an_array_schema("key", dtype=DType.TEXT, axes=()),
)


class Known:
    """A component of which nothing but its schema is asked for."""

    def __init__(self, schema: ArtifactSchema) -> None:
        self.schema = schema


class Catalogue(dict[str, Any]):
    """Components by name (port `Components`)."""

    def __iter__(self) -> Iterator[Component]:  # type: ignore[override] # the port's own
        return iter(self.values())


class Kept:
    """One ended run of loudness and words, and where it is kept."""

    def __init__(self, artifacts: Mapping[str, Mapping[str, NDArray[Any]]]) -> None:
        self.store = MemoryArtifacts()
        self.database = MemoryDatabase()
        self.run = a_running_run(profile=a_profile(*artifacts, "silent"))
        written = {}
        for name, arrays in artifacts.items():
            content = encode(arrays, {"producer": name})
            made = an_artifact(self.run.identity, name)
            sizes = self.store.write(made.path, content)
            written[name] = an_artifact(self.run.identity, name, written=sizes)
            self.run.end_component(a_component_run(name), now=NOON)
        empty = a_component_run("silent", status=ComponentStatus.EMPTY)
        self.run.end_component(empty, now=NOON)
        self.run.finish(now=NOON)
        self.store.write_manifest(self.run.identity, {"run": {"status": "ok"}})
        with self.units() as work:
            work.runs.add(self.run)
            for artifact in written.values():
                work.runs.add_artifact(self.run.id, artifact, fence=0)
            work.commit()

    def units(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self.database)

    @property
    def export(self) -> ExportRun:
        return ExportRun(self.units, self.store, Catalogue(loudness=Known(SCHEMA)))

    def file(self, form: ExportFormat) -> bytes:
        return b"".join(self.export(LOCAL_USER, self.run.id, form).parts)


@pytest.fixture
def kept() -> Kept:
    return Kept({"loudness": LOUDNESS})


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_json_holds_the_manifest_and_every_value_with_its_unit_and_meaning(kept: Kept) -> None:
    told = json.loads(kept.file(ExportFormat.JSON))
    assert told["manifest"] == {"run": {"status": "ok"}}
    loudness = told["artifacts"]["loudness"]
    assert loudness["meta"] == {"producer": "loudness"}
    assert list(loudness["arrays"]) == list(LOUDNESS)
    assert loudness["arrays"]["values"]["values"] == [-23.25, None, -18.0]
    assert loudness["arrays"]["values"]["unit"] == "LUFS"
    assert loudness["arrays"]["values"]["meaning"]["ru"] == "Что измерено."
    assert loudness["arrays"]["bands"]["values"] == [[1, 2], [3, 4], [5, 6]]
    assert loudness["arrays"]["is_loud"]["values"] == [True, False, True]
    assert loudness["arrays"]["mean"]["values"] == -20.625
    assert loudness["arrays"]["key"]["values"] == "=HYPERLINK(1)"


def test_arrays_of_one_axis_share_a_table_with_units_in_its_head(kept: Kept) -> None:
    files = opened(kept.file(ExportFormat.CSV))
    assert list(files) == ["loudness/frame.csv", "loudness/values.csv", "columns.csv"]
    assert rows(files["loudness/frame.csv"]) == [
        ["times_s [s]", "values [LUFS]", "bands.0", "bands.1", "is_loud"],
        ["0.0", "-23.25", "1", "2", "true"],
        ["0.5", "", "3", "4", "false"],
        ["1.0", "-18.0", "5", "6", "true"],
    ]
    assert rows(files["loudness/values.csv"]) == [
        ["name", "value"],
        ["mean [LUFS]", "-20.625"],
        ["key", "'=HYPERLINK(1)"],
    ]


def test_every_column_is_explained(kept: Kept) -> None:
    """R-804: each with unit and description."""
    head, *meanings = rows(opened(kept.file(ExportFormat.CSV))["columns.csv"])
    assert head[:4] == ["component", "table", "column", "unit"]
    assert [row[2] for row in meanings] == list(LOUDNESS)
    assert meanings[1][1:4] == ["loudness/frame.csv", "values", "LUFS"]
    assert meanings[1][6:] == ["What was measured.", "Что измерено."]


def test_npz_files_are_those_that_are_stored(kept: Kept) -> None:
    files = opened(kept.file(ExportFormat.NPZ))
    assert set(files) == {"manifest.json", "loudness.npz"}
    arrays, _ = decode(files["loudness.npz"])
    for name, array in LOUDNESS.items():
        np.testing.assert_array_equal(arrays[name], array)
    assert json.loads(files["manifest.json"]) == {"run": {"status": "ok"}}


def test_a_result_that_was_damaged_is_not_given_away(kept: Kept) -> None:
    """Hardening 72."""
    [path] = [path for path in kept.store.contents if path.endswith(".npz")]
    kept.store.contents[path] = kept.store.contents[path][:-1] + b"?"
    for form in (ExportFormat.JSON, ExportFormat.CSV, ExportFormat.NPZ):
        with pytest.raises(ArtifactCorrupt):
            kept.file(form)


def test_an_artifact_of_another_version_is_given_without_what_is_known_of_this_one(
    kept: Kept,
) -> None:
    """R-906: old runs stay readable after an upgrade."""
    export = ExportRun(kept.units, kept.store, Catalogue())
    parts = export(LOCAL_USER, kept.run.id, ExportFormat.CSV).parts
    files = opened(b"".join(parts))
    assert rows(files["loudness/rows_3.csv"])[1] == ["0.0", "-23.25", "1", "2", "true"]
    parts = export(LOCAL_USER, kept.run.id, ExportFormat.JSON).parts
    arrays = json.loads(b"".join(parts))["artifacts"]["loudness"]["arrays"]
    assert arrays["values"] == {"values": [-23.25, None, -18.0]}


def test_a_manifest_that_is_gone_is_told(kept: Kept) -> None:
    export = ExportRun(kept.units, MemoryArtifacts(), Catalogue())
    for form in (ExportFormat.JSON, ExportFormat.NPZ):
        with pytest.raises(ResultsIncomplete):
            export(LOCAL_USER, kept.run.id, form)


def test_anothers_run_is_as_unknown_as_one_that_never_was(kept: Kept) -> None:
    for form in ExportFormat:
        with pytest.raises(RunNotFound):
            kept.export(a_user(), kept.run.id, form)
        with pytest.raises(RunNotFound):
            kept.export.check(a_user(), kept.run.id, form)


def test_a_run_that_goes_on_is_not_taken_away(kept: Kept) -> None:
    run: Run = a_running_run()
    with kept.units() as work:
        work.runs.add(run)
        work.commit()
    with pytest.raises(RunNotEnded):
        kept.export(LOCAL_USER, run.id, ExportFormat.JSON)


def test_subtitles_of_a_run_without_words_are_refused_by_name(kept: Kept) -> None:
    for act in (kept.export, kept.export.check):
        with pytest.raises(NoWords) as refusal:
            act(LOCAL_USER, kept.run.id, ExportFormat.SRT)
        assert refusal.value.code == "no_words"


def test_a_run_with_words_has_subtitles() -> None:
    """A made artifact: no installation may keep words yet (R-703)."""
    starts_s, ends_s = [3.0, 0.0, 0.25, 0.5, 0.75, 1.0], [3661.5, 0.2, 0.4, 0.7, 0.9, 1.5]
    words: dict[str, NDArray[Any]] = {
        "words": np.array(["again", "How", "I", "film", "at", "night"]),
        "word_bounds_s": np.column_stack((starts_s, ends_s)),
    }
    kept = Kept({"loudness": LOUDNESS, "speech_transcript": words})
    assert kept.file(ExportFormat.SRT).decode() == (
        "1\n00:00:00,000 --> 00:00:01,500\nHow I film at night\n\n"
        "2\n00:00:03,000 --> 01:01:01,500\nagain\n\n"
    )


def test_when_words_were_said_is_no_subtitle_without_them() -> None:
    """R-703."""
    silent: dict[str, NDArray[Any]] = {
        "words": np.array([], dtype="U1"),
        "word_bounds_s": np.array([[0.0, 0.2], [0.25, 0.4]]),
    }
    kept = Kept({"loudness": LOUDNESS, "speech_transcript": silent})
    with pytest.raises(NoWords):
        kept.file(ExportFormat.SRT)


def test_a_line_of_subtitles_can_be_read() -> None:
    words = [Word("eleven_chars", i * 0.3, i * 0.3 + 0.3) for i in range(9)]
    blocks = b"".join(subtitles(words)).decode().strip().split("\n\n")
    assert [len(block.split("\n")[2].split()) for block in blocks] == [3, 3, 3]


def test_no_word_can_end_a_block_or_begin_another() -> None:
    text = b"".join(subtitles([Word("a\n\n9\n00:00 --> 00:09", 0, 1)])).decode()
    assert text.count("-->") == 1
    assert text.count("\n\n") == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("x=1", "x=1"),
        (np.int64(-1), "-1"),
        (np.float64(-1.5), "-1.5"),
        (np.float32(0.1), "0.1"),
        (np.float64("inf"), ""),
        (np.float64("nan"), ""),
    ],
)
def test_no_text_is_a_formula_and_numbers_stay_numbers(value: Any, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "uint8"])
def test_a_column_is_written_as_its_cells_are(dtype: str) -> None:
    noise = np.random.default_rng(1).standard_normal(2000) * 10.0 ** np.arange(-10, 10).repeat(100)
    values = np.abs(noise).clip(0, 255).astype(dtype) if dtype == "uint8" else noise.astype(dtype)
    files = opened(Kept({"loudness": {"values": values}}).file(ExportFormat.CSV))
    assert [row[0] for row in rows(files["loudness/frame.csv"])[1:]] == [cell(v) for v in values]


def test_a_wide_array_stands_alone_a_value_a_line() -> None:
    wide = {"values": np.arange(6000).reshape(2, 3000)}
    files = opened(Kept({"loudness": wide}).file(ExportFormat.CSV))
    table = rows(files["loudness/frame.values.csv"])
    assert table[0] == ["row", "column", "values [LUFS]"]
    assert (table[1], table[-1]) == (["0", "0", "0"], ["1", "2999", "5999"])
    assert len(table) == 6001


@pytest.mark.parametrize("form", [ExportFormat.JSON, ExportFormat.CSV])
def test_of_a_long_run_only_a_part_is_in_memory(form: ExportFormat) -> None:
    """Values of 2.4 MB are 6 MB as text, and 10 MB as Python's objects."""
    kept = Kept({"loudness": {"values": np.random.default_rng(1).standard_normal(300_000)}})
    parts = kept.export(LOCAL_USER, kept.run.id, form).parts
    next(parts)
    tracemalloc.start()
    size_bytes = sum(len(part) for part in parts)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size_bytes > 2_400_000
    assert peak_bytes < 5_500_000, "the artifact itself, and a part"


def test_equal_members_give_equal_files() -> None:
    def made() -> bytes:
        return b"".join(zipped([("a.csv", [b"1", b"2"])], is_compressed=True))

    assert made() == made()


def test_a_run_that_left_nothing_is_an_empty_file_of_its_kind() -> None:
    empty = Kept({})
    assert json.loads(empty.file(ExportFormat.JSON))["artifacts"] == {}
    assert list(opened(empty.file(ExportFormat.CSV))) == ["columns.csv"]
