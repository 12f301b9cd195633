"""A process whose analyst leaves another behind: says which, and how long it waited for its end."""

import sys
import time
from pathlib import Path
from uuid import uuid4

from adapters.process.analyst import ProcessAnalyst
from application.ports.orders import MeasureOrder
from domain.identity import RunId
from domain.video import Metadata


class Never:
    """Nobody asks for the end."""

    requested = False


def leave(folder: Path) -> tuple[int, float]:
    analyst = ProcessAnalyst("tests.process.made_analyst:build", (folder,), memory_bytes=4 << 30)
    order = MeasureOrder(
        run_id=RunId(uuid4()),
        component="parent",
        parameters={},
        metadata=Metadata(),
        timeout_s=30.0,
    )
    left = int(analyst.measure(order, cancellation=Never()).arrays["left"])
    began_s = time.monotonic()
    analyst.close()
    return left, time.monotonic() - began_s


if __name__ == "__main__":
    sys.stdout.write("{} {}".format(*leave(Path(sys.argv[1]))))
