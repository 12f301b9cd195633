"""Bookkeeping: the postings of every operation, as pure functions from what was asked.

Each operation's postings sum to zero. Grants are used soonest expiry first, and a return goes back
to the grant it came from. Adapters of the ledger book exactly the postings that stand here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.credits import Credits
from domain.errors import ChargeAboveHold, InsufficientCredits, NotCorrectable
from domain.ledger import (
    Account,
    Entry,
    Grant,
    GrantId,
    GrantKind,
    Hold,
    OperationKind,
    Outcome,
    Part,
    Posting,
)
from domain.ledger_orders import Correct, TopUp


@dataclass(frozen=True, slots=True)
class _Claim:
    """So much of a hold, for one component, goes to an account."""

    component: str
    kopecks: int
    goal: Account


def topped_up(order: TopUp, grant_id: GrantId) -> tuple[Posting, ...]:
    """Credits come in from payments or promotions."""
    source = Account.PAYMENTS if order.kind is GrantKind.PAID else Account.PROMOTIONS
    return _moved(
        source,
        Posting(account=Account.AVAILABLE, kopecks=order.amount.kopecks, grant_id=grant_id),
    )


def drawn(grants: Iterable[Grant], kopecks: int, *, now: datetime) -> tuple[Part, ...]:
    """What a hold of `kopecks` takes from which grants: soonest expiry first, then the oldest.

    Raises InsufficientCredits when what has not expired does not cover it.
    """
    usable = sorted((grant for grant in grants if not grant.has_expired(now)), key=_use_order)
    parts, missing = [], kopecks
    for grant in usable:
        taken = min(missing, grant.available_kopecks)
        if taken:
            parts.append(Part(grant.id, taken))
            missing -= taken
    if missing:
        raise InsufficientCredits(
            asked=str(Credits(kopecks)), available=str(Credits(kopecks - missing))
        )
    return tuple(parts)


def _use_order(grant: Grant) -> tuple[bool, float, datetime, UUID]:
    expires_at = grant.expires_at
    soonest = expires_at.timestamp() if expires_at is not None else 0.0
    return expires_at is None, soonest, grant.granted_at, grant.id


def held(parts: Iterable[Part]) -> tuple[Posting, ...]:
    """Credits are set aside, by grant."""
    return tuple(
        posting
        for part in parts
        for posting in _moved(
            Account.AVAILABLE,
            Posting(account=Account.HELD, kopecks=part.kopecks, grant_id=part.grant_id),
        )
    )


def settled(
    hold: Hold, outcomes: Mapping[str, Outcome], grants: Mapping[GrantId, Grant], *, now: datetime
) -> tuple[Posting, ...]:
    """Charges by component, then what is left of every line back to its grant.

    The parts of the hold are spent in the order they were drawn, so what returns is what lasts
    longest; a return to a grant that has expired is expired at once. A line without an outcome was
    not run. Raises HoldEnded, and ChargeAboveHold when a line does not cover its charge.
    """
    hold.must_be_open()
    _check_covered(hold, outcomes)
    unrun = Outcome(Credits(0), "not_run")
    ends = {name: outcomes.get(name, unrun) for name in hold.lines}
    charges = [_Claim(name, end.charged.kopecks, Account.REVENUE) for name, end in ends.items()]
    returns = [
        _Claim(name, hold.lines[name].kopecks - end.charged.kopecks, Account.AVAILABLE)
        for name, end in ends.items()
    ]
    postings: list[Posting] = []
    for claim, grant_id, kopecks in _matched([*charges, *returns], hold.parts):
        gone = claim.goal is Account.AVAILABLE and grants[grant_id].has_expired(now)
        goal = Posting(
            account=Account.EXPIRED if gone else claim.goal,
            kopecks=kopecks,
            grant_id=grant_id,
            component=claim.component,
            reason=ends[claim.component].reason,
        )
        postings += _moved(Account.HELD, goal)
    return tuple(postings)


def released(
    hold: Hold, reason: str, grants: Mapping[GrantId, Grant], *, now: datetime
) -> tuple[Posting, ...]:
    """All of a hold returns, line by line, for one reason. Raises HoldEnded."""
    nothing = Outcome(Credits(0), reason)
    return settled(hold, dict.fromkeys(hold.lines, nothing), grants, now=now)


def expired(grant: Grant) -> tuple[Posting, ...]:
    """What is available of a grant that has expired is gone; what is held goes when it returns."""
    gone = Posting(account=Account.EXPIRED, kopecks=grant.available_kopecks, grant_id=grant.id)
    return _moved(Account.AVAILABLE, gone)


def corrected(
    order: Correct, original: Entry, grant: Grant, *, corrected_kopecks: int
) -> tuple[Posting, ...]:
    """A charge is given back, or a top-up taken back, as far as it was not corrected before.

    `original` is the entry of the charge on `revenue` or of the top-up on `available`;
    `corrected_kopecks` the sum of earlier corrections of it. Raises NotCorrectable, and
    InsufficientCredits when the credits to be taken back were used.
    """
    posting, kopecks = original.posting, order.amount.kopecks
    charge = posting.account is Account.REVENUE
    if not charge and (original.kind, posting.account) != (OperationKind.TOP_UP, Account.AVAILABLE):
        raise NotCorrectable("it is neither a charge nor a top-up")
    if kopecks > posting.kopecks - corrected_kopecks:
        left = Credits(posting.kopecks - corrected_kopecks)
        raise NotCorrectable(f"{left} of it are left to correct")
    if not charge and kopecks > grant.available_kopecks:
        available = str(Credits(grant.available_kopecks))
        raise InsufficientCredits(asked=str(order.amount), available=available)
    if not charge:
        source, goal = Account.AVAILABLE, Account.CORRECTIONS
    elif grant.has_expired(order.at):
        source, goal = Account.CORRECTIONS, Account.EXPIRED
    else:
        source, goal = Account.CORRECTIONS, Account.AVAILABLE
    return _moved(
        source,
        Posting(
            account=goal,
            kopecks=kopecks,
            grant_id=posting.grant_id,
            component=posting.component,
            reason=order.reason,
            corrects=original.number,
        ),
    )


def applied(grant: Grant, postings: Iterable[Posting]) -> Grant:
    """The grant after those of the postings that are its own."""
    own = [posting for posting in postings if posting.grant_id == grant.id]
    return replace(
        grant,
        available_kopecks=grant.available_kopecks + sum_of(own, Account.AVAILABLE),
        held_kopecks=grant.held_kopecks + sum_of(own, Account.HELD),
    )


def sum_of(postings: Iterable[Posting], account: Account) -> int:
    """Kopecks that the postings leave on an account."""
    return sum(posting.kopecks for posting in postings if posting.account is account)


def _check_covered(hold: Hold, outcomes: Mapping[str, Outcome]) -> None:
    for name, end in outcomes.items():
        line = hold.lines.get(name, Credits(0))
        if name not in hold.lines or end.charged > line:
            raise ChargeAboveHold(f"{name}: {end.charged} of {line} held")


def _moved(source: Account, goal: Posting) -> tuple[Posting, ...]:
    """The goal's posting and its counterpart, which sum to zero; none when nothing moves."""
    if not goal.kopecks:
        return ()
    return replace(goal, account=source, kopecks=-goal.kopecks), goal


def _matched(
    claims: Sequence[_Claim], parts: Sequence[Part]
) -> Iterator[tuple[_Claim, GrantId, int]]:
    """Lays the claims along the parts, in order: which claim takes how much of which grant."""
    left = list(parts)
    for claim in claims:
        missing = claim.kopecks
        while missing:
            part = left.pop(0)
            taken = min(missing, part.kopecks)
            yield claim, part.grant_id, taken
            missing -= taken
            if taken < part.kopecks:
                left.insert(0, Part(part.grant_id, part.kopecks - taken))
