"""Workers by name; the dead are those that were declared so."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class NamedWorkers:
    """This worker has a given name (port `Workers`)."""

    me: str = "worker-1"
    dead: set[str] = field(default_factory=set)

    def is_dead(self, owner: str) -> bool:
        return owner in self.dead
