"""Comments of a run's video: beside its frames while it is measured, and in no database.

They are read where the video is fetched, left in the run's workspace, and gone with it: what people
wrote is kept longer only under the rule of R-703.
"""

import json
from pathlib import Path

COMMENTS_MAX = 100
_FILE = "comments.json"


def leave_comments(folder: Path, comments: tuple[str, ...]) -> None:
    """Leaves them in a run's folder, in place of what an earlier try has left."""
    told = comments[:COMMENTS_MAX]
    (folder / _FILE).write_text(json.dumps(told, ensure_ascii=True), encoding="ascii")


def comments_in(folder: Path) -> tuple[str, ...] | None:
    """What was left there; None where nobody asked for any."""
    file = folder / _FILE
    return tuple(json.loads(file.read_text(encoding="ascii"))) if file.exists() else None
