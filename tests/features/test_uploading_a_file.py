"""Steps of "A file is uploaded before anything is paid"."""

from pytest_bdd import parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.ledger import Balance
from tests.features.shelf import TITLE, Shelf

scenarios("uploading_a_file.feature")

FILE = MadeVideo(duration_s=60.0)


@when("a run of its sound is started")
def _(shelf: Shelf) -> None:
    shelf.start("sound")


@when(parsers.parse("a file of {seconds:g} seconds is uploaded"))
def _(shelf: Shelf, seconds: float) -> None:
    assert seconds == FILE.duration_s
    shelf.upload(FILE)


@when("a file that is no video is uploaded")
def _(shelf: Shelf) -> None:
    shelf.upload(b"no video at all")


@when("another file than was declared is uploaded")
def _(shelf: Shelf) -> None:
    shelf.upload(b"one of eleven", declared=b"two of eleven")


@when(parsers.parse("{count:d} uploads are begun"))
def _(shelf: Shelf, count: int) -> None:
    for _ in range(count):
        shelf.tries(lambda: shelf.app.begin_upload(9))
    assert len(shelf.refusals) == 1


@when("runs of its title and of its picture are started")
def _(shelf: Shelf) -> None:
    for name in ("title", "picture"):
        shelf.app.start_kept(shelf.videos[-1], name)


@when("both runs are carried out")
def _(shelf: Shelf) -> None:
    for run in reversed(shelf.app.all_runs()):
        shelf.app.carry_out(run.id)


@when("a run of its title is started, cancelled and tried again")
def _(shelf: Shelf) -> None:
    app = shelf.app
    run = app.start_kept(shelf.videos[-1], "title")
    app.cancel(run.id)
    again = app.retry(run.id, key="again")
    assert app.retry(run.id, key="again").id == again.id != run.id
    app.carry_out(again.id)


@when("a run of its title is started, cancelled, the video renamed and the run tried again")
def _(shelf: Shelf) -> None:
    app = shelf.app
    run = app.start_kept(shelf.videos[-1], "title")
    app.cancel(run.id)
    app.rename(shelf.videos[-1], FILE, "Another title altogether")
    assert shelf.video.title == "Another title altogether"
    app.retry(run.id, key="again")


@then("the second run measures the title of the first")
def _(shelf: Shelf) -> None:
    first, second = shelf.app.all_runs()
    assert first.id != second.id
    assert first.title == second.title == TITLE


@when("a day passes and uploads are swept")
def _(shelf: Shelf) -> None:
    shelf.app.sweep_uploads_after_a_day()


@then("nothing was charged")
def _(shelf: Shelf) -> None:
    assert shelf.purse.balance == Balance(Credits.of("100"), Credits(0))


@then(parsers.parse("the upload is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.refusals[-1].code == code


@then("nothing of the upload is kept")
def _(shelf: Shelf) -> None:
    assert shelf.app.staged() == 0
    assert not shelf.app.left_on_disk()


@then("the file is kept once")
def _(shelf: Shelf) -> None:
    assert shelf.app.staged() == 1


@then("both runs are ok")
def _(shelf: Shelf) -> None:
    assert [str(run.status) for run in shelf.app.all_runs()] == ["ok", "ok"]


@then("the run of the sound is queued")
def _(shelf: Shelf) -> None:
    assert shelf.refusals == []
    assert sorted(run.status for run in shelf.app.all_runs()) == ["ok", "ok", "queued"]


@then(parsers.parse("a run of its title is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    shelf.start()
    assert shelf.refusals[-1].code == code


@then("the second run is ok and the file is gone")
def _(shelf: Shelf) -> None:
    assert sorted(run.status for run in shelf.app.all_runs()) == ["cancelled", "ok"]
    assert shelf.app.staged() == 0
