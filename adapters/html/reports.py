"""Reports in a folder, one page a run (port `Reports`)."""

import errno
import os
from pathlib import Path

from adapters.html.page import draw
from application.errors import ResourceExhausted
from application.ports.reports import ReportPage
from domain.identity import RunIdentity

_FULL = {errno.ENOSPC, errno.EDQUOT}


class HtmlReports:
    """Writes `reports/<run_id>/report.html` below `root`, whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, page: ReportPage, *, language: str) -> str:
        """Draws the page in `en` or `ru` and replaces the run's former one; returns its path.

        Raises `ResourceExhausted` when the disk is full, and leaves nothing half written.
        """
        # A title may hold half a surrogate pair, which no UTF-8 spells: the page shows a "?".
        content = draw(page, language=language).encode(errors="replace")
        target = self._file(page.identity)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)
        except OSError as error:
            if error.errno in _FULL:
                raise ResourceExhausted("no room is left for the report") from error
            raise
        return str(target)

    def location(self, identity: RunIdentity) -> str:
        """The path of a run's report, written or not."""
        return str(self._file(identity))

    def is_written(self, identity: RunIdentity) -> bool:
        """Whether the run has its report."""
        return self._file(identity).is_file()

    def _file(self, identity: RunIdentity) -> Path:
        return self._root / "reports" / str(identity.run_id) / "report.html"


def _replace(target: Path, content: bytes) -> None:
    # One writer a run: a part that a killed writer left behind is simply written over.
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
