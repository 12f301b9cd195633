"""Which results a run can take over, and when a whole run answers (R-509)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.catalogue import Catalogue
from domain.component import ComponentStatus
from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.provenance import Provenance
from domain.reuse import answers, reusable
from domain.reuse_key import Equipment, reuse_key
from domain.run import Run
from tests.builders import NOON, a_component_run, a_profile, a_run, a_running_run, a_spec

CATALOGUE = Catalogue(
    [
        a_spec("onsets"),
        a_spec("tempo", needs=("onsets",)),
        a_spec("shots"),
        a_spec("story", uses=("tempo", "shots")),
    ]
)
EQUIPMENT = Equipment(decoder_build="made")
HOUR = timedelta(hours=1)


class Shelf:
    """Results by key, as a database would find them, and how often it was asked."""

    def __init__(self) -> None:
        self.results: list[KeptResult] = []
        self.questions = 0

    def put(
        self,
        run: Run,
        component: str,
        *taken: str,
        content: str = "c1",
        status: ComponentStatus = ComponentStatus.OK,
        at: datetime = NOON,
    ) -> None:
        keys = {one.component: one.key for one in self.results}
        given = {name: keys[name] for name in taken}
        key = reuse_key(CATALOGUE[component], run, EQUIPMENT, taken=given)
        assert key is not None
        self.results.append(
            KeptResult(
                component=component,
                key=key,
                content=content,
                run_id=run.id,
                is_own=True,
                status=status,
                measured_at=at,
            )
        )

    def __call__(self, keys: Collection[str]) -> Sequence[KeptResult]:
        self.questions += 1
        found = [result for result in self.results if result.key in keys]
        return sorted(found, key=lambda result: result.measured_at, reverse=True)


def taken_over(run: Run, shelf: Shelf) -> set[str]:
    return set(reusable(run, CATALOGUE, EQUIPMENT, look_up=shelf))


def test_what_is_there_is_taken_over_with_all_that_follows_from_it() -> None:
    run, shelf = a_run(profile=a_profile("onsets", "tempo", "shots", "story")), Shelf()
    shelf.put(run, "onsets")
    shelf.put(run, "tempo", "onsets")
    shelf.put(run, "shots")
    shelf.put(run, "story", "tempo", "shots")
    assert taken_over(run, shelf) == {"onsets", "tempo", "shots", "story"}
    assert shelf.questions == 3, "one question a level of the graph"


def test_without_its_dependency_nothing_is_taken_over() -> None:
    run, shelf = a_run(profile=a_profile("onsets", "tempo")), Shelf()
    shelf.put(run, "onsets")
    shelf.put(run, "tempo", "onsets")
    del shelf.results[0]
    assert taken_over(run, shelf) == set()


def test_what_was_measured_without_a_use_is_not_what_is_measured_with_it() -> None:
    run, shelf = a_run(profile=a_profile("shots", "story")), Shelf()
    shelf.put(run, "shots")
    shelf.put(run, "story")
    assert taken_over(run, shelf) == {"shots"}
    alone = a_run(profile=a_profile("story"))
    assert taken_over(alone, shelf) == {"story"}


def test_a_use_that_is_not_there_yet_has_its_user_measured_too() -> None:
    """Whether it will be `ok` is not known before the run."""
    run, shelf = a_run(profile=a_profile("shots", "story")), Shelf()
    shelf.put(run, "story")
    assert taken_over(run, shelf) == set()


def test_an_empty_dependency_is_handed_to_nobody() -> None:
    run, shelf = a_run(profile=a_profile("shots", "story")), Shelf()
    shelf.put(run, "shots", status=ComponentStatus.EMPTY)
    shelf.put(run, "story")
    assert taken_over(run, shelf) == {"shots", "story"}


def test_all_of_it_is_of_one_file_that_of_the_newest() -> None:
    run, shelf = a_run(profile=a_profile("onsets", "shots")), Shelf()
    shelf.put(run, "onsets", content="old", at=NOON - HOUR)
    shelf.put(run, "shots", content="old", at=NOON - HOUR)
    assert taken_over(run, shelf) == {"onsets", "shots"}
    shelf.put(run, "shots", content="new", at=NOON)
    found = reusable(run, CATALOGUE, EQUIPMENT, look_up=shelf)
    assert {name: result.content for name, result in found.items()} == {"shots": "new"}


def an_ended_run(*measured_at: datetime | None) -> Run:
    names = [f"part{number}" for number in range(len(measured_at))]
    run = a_running_run(run_id=RunId(a_run().id), profile=a_profile(*names))
    for name, at in zip(names, measured_at, strict=True):
        known = None if at is None else Provenance(key="k", content="c", measured_at=at)
        run.end_component(replace(a_component_run(name), provenance=known), now=NOON)
    run.finish(now=NOON)
    return run


def test_a_run_is_as_old_as_the_oldest_thing_in_it() -> None:
    """Else a result could be taken over for ever, each time fresh again."""
    asked = a_run(profile=a_profile("part0", "part1"))
    for ended, oldest in (
        (an_ended_run(None, None), NOON),
        (an_ended_run(NOON, None), NOON),
        (an_ended_run(NOON - HOUR, NOON), NOON - HOUR),
    ):
        assert ended.measured_at == oldest
        assert answers(ended, asked, since=oldest)
        assert not answers(ended, asked, since=oldest + timedelta(microseconds=1))
    assert a_running_run().measured_at is None
