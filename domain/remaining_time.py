"""How long a run usually still takes, by its estimate."""

from domain.effort import PREPARATION
from domain.estimate import Estimate
from domain.run import Run, Stage


def seconds_left(run: Run, estimate: Estimate) -> float:
    """The seconds of the lines that have not ended; 0 for a run that has.

    Preparation has ended when the analysis has begun. It is the estimate's processor time: a
    machine that works at several components at once, or at other things too, takes another.
    """
    if run.is_terminal:
        return 0.0
    done = set(run.components)
    if run.stage is Stage.ANALYSE:
        done.add(PREPARATION)
    return sum(line.seconds_p50 for line in estimate.lines if line.name not in done)
