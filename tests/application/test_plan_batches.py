"""Which runs a worker takes with the one it was given: the surplus, and nobody else's (R-502)."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.video_files import MadeVideo
from application.queries.show_requirements import ShowRequirements
from application.use_cases.plan_batches import LEFT_FOR, PlanBatches
from application.use_cases.seed_requirements import SeedRequirements
from application.use_cases.set_requirements import SetRequirements
from application.use_cases.work_on_run import Worked
from domain.batch import Group, Requirements
from domain.errors import UnknownComponent
from domain.identity import RunId
from domain.lease import LEASE_TTL
from tests.builders import a_run
from tests.features.app import App, a_choice
from tests.features.served_components import SERVED, made_models

NAMES = ("faces", "poses")


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path, components=SERVED, inference=made_models())


def started(app: App, *names: str, duration_s: float = 6.0) -> RunId:
    return app.submit(app.video(MadeVideo(duration_s=duration_s)), *(names or NAMES)).id


def planned(app: App, run_id: RunId, *, is_published: bool = False) -> list[RunId]:
    return list(plan(app, is_published=is_published)(run_id).runs)


def plan(app: App, *, is_published: bool = False) -> PlanBatches:
    return PlanBatches(
        unit_of_work=app.unit_of_work,
        clock=app.clock,
        catalogue=app.shipped.catalogue,
        machine=app.machine,
        is_published=is_published,
    )


def publish(app: App, *run_ids: RunId) -> None:
    now = app.clock.now()
    with app.unit_of_work() as work:
        places = work.outbox.unpublished(now=now, before=now, limit=9)
        work.outbox.mark_published([p.number for p in places if p.run_id in run_ids], at=now)
        work.commit()


def test_runs_that_have_waited_go_with_the_first_in_the_order_of_arrival(app: App) -> None:
    runs = [started(app) for _ in range(3)]
    assert planned(app, runs[0]) == runs[:1]
    app.pass_time(LEFT_FOR)
    assert planned(app, runs[0]) == runs
    assert planned(app, runs[1]) == [runs[1], runs[0], runs[2]]


def test_behind_a_broker_only_what_was_published_is_more_than_workers_can_take(app: App) -> None:
    """A run that no idle worker could have heard of is left to them."""
    first, second, third = (started(app) for _ in range(3))
    app.pass_time(LEFT_FOR)
    publish(app, first, second)
    assert planned(app, first, is_published=True) == [first]
    app.pass_time(LEFT_FOR + timedelta(milliseconds=1))
    assert planned(app, first, is_published=True) == [first, second]
    publish(app, third)
    assert planned(app, first, is_published=True) == [first, second]


def test_a_run_that_somebody_is_at_is_in_nobody_elses_batch(app: App) -> None:
    first, second = started(app), started(app)
    app.pass_time(LEFT_FOR)
    with app.unit_of_work() as work:
        work.leases.take(second, owner="elsewhere", now=app.clock.now())
        work.commit()
    assert planned(app, first) == [first]
    assert planned(app, second) == [second]
    app.pass_time(LEASE_TTL)
    # It was tried, and may have ended its worker.
    assert planned(app, first) == [first]


def test_a_run_that_has_ended_or_was_erased_takes_nobody_along(app: App) -> None:
    """Its message comes late; those that wait are whoever's turn it is."""
    first = started(app)
    app.carry_out(first)
    started(app)
    app.pass_time(LEFT_FOR)
    assert planned(app, first) == [first]
    unknown = RunId(uuid4())
    assert planned(app, unknown) == [unknown]


def test_a_run_without_an_estimate_is_of_unknown_length(app: App) -> None:
    first = started(app)
    kept = a_run(profile=a_choice(*NAMES), created_at=app.clock.now())
    with app.unit_of_work() as work:
        work.runs.add(kept)
        work.outbox.add(kept.id)
        work.commit()
    app.pass_time(LEFT_FOR)
    assert planned(app, first) == [first]


def test_where_no_component_asks_a_model_nobody_is_asked(tmp_path: Path) -> None:
    app = App(tmp_path)
    run_id = started(app, "picture")
    started(app, "picture")
    app.pass_time(LEFT_FOR)
    with app.unit_of_work():
        # The database has one unit of work at a time: another would wait for this one.
        assert planned(app, run_id) == [run_id]


def test_requirements_that_were_changed_count_at_once(app: App) -> None:
    """R-502, R-702: by a row, without a deployment."""
    first, second = started(app), started(app)
    app.pass_time(LEFT_FOR)
    assert plan(app)(first).groups["faces"] == Group(runs=8, at_once=2)
    with app.unit_of_work() as work:
        large = Requirements(memory_mib=2500, cores=2)
        work.requirements.add({"faces": large}, valid_from=app.clock.now())
        work.commit()
    batch = plan(app)(first)
    assert batch.runs == (first, second)
    assert batch.groups == {"faces": Group(runs=2, at_once=1), "poses": Group(8, 2)}


def test_what_was_changed_is_not_seeded_again(app: App) -> None:
    changed = Requirements(memory_mib=77)
    with app.unit_of_work() as work:
        work.requirements.add({"faces": changed}, valid_from=app.clock.now())
        work.commit()
    seed = SeedRequirements(
        unit_of_work=app.unit_of_work, catalogue=app.shipped.catalogue, clock=app.clock
    )
    seed()
    with app.unit_of_work() as work:
        found = work.requirements.current()
    assert found.keys() == {"colour", *NAMES}
    assert (found["faces"], found["poses"]) == (changed, Requirements(memory_mib=300))


def test_what_breaks_on_a_neighbour_comes_out_once_all_have_ended(app: App) -> None:
    """A mistake of ours surfaces, and the run that was handed out has its end all the same."""
    first, second = started(app), started(app, "colour", *NAMES)
    app.pass_time(LEFT_FOR)

    def mistake() -> None:
        raise ZeroDivisionError

    app.meanwhile["colour"] = mistake
    work_on = app.work_on_next.work_on
    with pytest.raises(ZeroDivisionError):
        work_on(first, language="en", cancellation=app.token)
    assert app.run(first).is_terminal
    assert not app.run(second).is_terminal
    assert work_on(first, language="en", cancellation=app.token) is Worked.NOT_OURS


def test_figures_that_are_set_change_and_the_others_stay(app: App) -> None:
    set_requirements = SetRequirements(app.unit_of_work, app.clock)
    assert set_requirements("faces", {"memory_mib": 900}) == Requirements(memory_mib=900)
    changed = set_requirements("faces", {"cores": 2})
    assert changed == Requirements(memory_mib=900, cores=2)
    assert set_requirements("faces", {"cores": 2}) == changed
    assert ShowRequirements(app.unit_of_work)()["faces"] == changed
    with pytest.raises(UnknownComponent):
        set_requirements("nobodys", {"cores": 2})
