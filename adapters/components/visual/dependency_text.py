"""What other components take from `on_screen_text`, when a profile has it and text is seen."""

from adapters.components.visual.sampled_time import edges_of, share_of_time
from application.ports.components import Arrays


def shown_share(text: Arrays, *, start_s: float, end_s: float) -> float:
    """The share of a stretch of time in which at least one line of text is seen."""
    edges_s = edges_of(text["times_s"], end_s)
    return share_of_time(text["lines"] > 0, edges_s, start_s=start_s, end_s=end_s)
