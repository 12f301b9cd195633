"""A process that is killed while it commits a segment stage, with its guards or without.

It is given a folder, a run's id and how: `guarded` as it is, `in_place` where the result is looked
for, or `early`, in place and with the record first.
"""

import os
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Never
from uuid import UUID

from adapters.folder.workspaces import FolderWorkspaces
from adapters.preparation import segments
from domain.identity import RunId
from tests.planted import without
from tests.preparation.test_segments import RECORD, fill

MODULE = "adapters.preparation.segments"
BESIDE = 'folder = root / f"segment.{uuid4().hex}.part"'
LAST = "for name, arrays in observed.items():"
FIRST = f'record.write(self._folder / "record.json", segmentation)\n        {LAST}'


class Deadly:
    """Arrays that kill who wants to write them: after the frames, before the record."""

    def __array__(self, *_: Any, **__: Any) -> Never:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("nobody survives that")


def planted(how: str) -> ModuleType:
    match how:
        case "guarded":
            return segments
        case "in_place":
            return without(MODULE, BESIDE, 'folder = root / "segment"')
    return without(MODULE, BESIDE, 'folder = root / "segment"', (LAST, FIRST))


def main(folder: str, run_id: str, how: str) -> None:
    workspaces = FolderWorkspaces(Path(folder))
    module: Any = planted(how)
    with module.FolderSegments(workspaces.folder).draft(RunId(UUID(run_id))) as draft:
        fill(draft)
        draft.commit(RECORD, {"shots": {"means": Deadly()}})


if __name__ == "__main__":
    main(*sys.argv[1:])
