"""What a ledger must come to, in plain integers: every held kopeck is one item of a list.

The model shares no code with the books: it draws, charges and returns kopeck by kopeck.
"""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

FOREVER = 10**12
AMOUNTS = ("granted", "available", "held", "spent", "expired", "corrected")


@dataclass
class ModelGrant:
    """Kopecks by where they are; `ends_s` is when they are gone. `corrected` may be below zero."""

    user: UUID
    id: UUID
    granted_s: int
    ends_s: int
    amounts: Counter[str] = field(default_factory=Counter)

    def move(self, source: str, goal: str) -> None:
        """Moves one kopeck."""
        self.amounts[source] -= 1
        self.amounts[goal] += 1


@dataclass
class ModelHold:
    """One item of `drawn` a kopeck, in the order of drawing."""

    user: UUID
    id: UUID
    run: UUID
    lines: dict[str, int]
    drawn: list[ModelGrant]
    ends_s: int
    queued: bool
    leased_until_s: int = -FOREVER
    state: str = "open"

    def is_over(self, now_s: int) -> bool:
        wanted = self.queued or now_s < self.leased_until_s
        return self.state == "open" and self.ends_s <= now_s and not wanted


@dataclass
class Model:
    """All users' credits."""

    grants: list[ModelGrant] = field(default_factory=list)
    holds: list[ModelHold] = field(default_factory=list)

    def total(self, user: UUID, amount: str) -> int:
        return sum(grant.amounts[amount] for grant in self.grants if grant.user == user)

    def top_up(self, grant: ModelGrant, kopecks: int) -> None:
        grant.amounts.update(granted=kopecks, available=kopecks)
        self.grants.append(grant)

    def usable(self, user: UUID, now_s: int) -> list[ModelGrant]:
        """A user's kopecks that have not expired, in the order in which they are to be used."""
        mine = [grant for grant in self.grants if grant.user == user and grant.ends_s > now_s]
        mine.sort(key=lambda grant: (grant.ends_s, grant.granted_s, grant.id))
        return [grant for grant in mine for _ in range(grant.amounts["available"])]

    def hold(self, hold: ModelHold) -> None:
        for grant in hold.drawn:
            grant.move("available", "held")
        self.holds.append(hold)

    def end(self, hold: ModelHold, *, charged: int, now_s: int, state: str) -> None:
        for number, grant in enumerate(hold.drawn):
            gone = "expired" if grant.ends_s <= now_s else "available"
            grant.move("held", "spent" if number < charged else gone)
        hold.state = state

    def expire(self, now_s: int) -> int:
        """How many operations that takes."""
        over = [hold for hold in self.holds if hold.is_over(now_s)]
        gone = [g for g in self.grants if g.ends_s <= now_s and g.amounts["available"]]
        for hold in over:
            self.end(hold, charged=0, now_s=now_s, state="expired")
        for grant in gone:
            grant.amounts["expired"] += grant.amounts["available"]
            grant.amounts["available"] = 0
        return len(over) + len(gone)

    def give_back(self, grant: ModelGrant, kopecks: int, now_s: int) -> None:
        grant.amounts["corrected"] += kopecks
        grant.amounts["expired" if grant.ends_s <= now_s else "available"] += kopecks

    def take_back(self, grant: ModelGrant, kopecks: int) -> None:
        grant.amounts["corrected"] -= kopecks
        grant.amounts["available"] -= kopecks
