"""Live progress: a moving line on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from application.progress import OnProgress, Progress
from domain.run import Stage
from entrypoints.session import Session


@contextmanager
def shown(session: Session) -> Iterator[OnProgress]:
    """A listener that shows a run's progress on standard error until the context is left."""
    if session.aside.is_terminal:
        with _live(session) as listener:
            yield listener
    else:
        yield _Lines(session)


@contextmanager
def _live(session: Session) -> Iterator[OnProgress]:
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}")
    with Bar(*columns, console=session.aside, transient=True) as bar:
        task = bar.add_task("", total=1.0, left="")

        def listen(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.share,
                description=_where(session, progress),
                left=_left(session, progress),
            )

        yield listen


class _Lines:
    """One line a stage, every tenth of it, and every component that ends."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: tuple[Stage, int] | None = None

    def __call__(self, progress: Progress) -> None:
        where = _where(self._session, progress)
        if progress.ended is not None:
            status = self._session.say(f"status.{progress.ended}")
            self._print(f"{where}: {status}", progress)
        elif progress.component is None:
            tenth = (progress.stage, int(10 * progress.share))
            if tenth != self._said:
                self._said = tenth
                self._print(f"{where}: {progress.share:.0%}", progress)

    def _print(self, text: str, progress: Progress) -> None:
        left = _left(self._session, progress)
        self._session.aside.print(f"{text} ({left})" if left else text, markup=False)


def _where(session: Session, progress: Progress) -> str:
    stage = session.say(f"stage.{progress.stage}")
    return f"{stage}: {progress.component}" if progress.component else stage


def _left(session: Session, progress: Progress) -> str:
    if progress.seconds_left < 1:
        return ""
    return session.say("cli.left", seconds=round(progress.seconds_left))
