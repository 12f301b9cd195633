"""How postings read in a test: what each goal got, and where it came from."""

from dataclasses import replace

from domain.ledger import Account, GrantId, Posting

Told = tuple[Account, int, GrantId, str | None, str | None]


def told(postings: tuple[Posting, ...]) -> list[Told]:
    """What each goal got, from which grant, for what and why; its counterpart must match it."""
    pairs = list(zip(postings[::2], postings[1::2], strict=True))
    for source, goal in pairs:
        assert source.account is not goal.account
        assert replace(source, account=goal.account, kopecks=-source.kopecks) == goal
    return [(g.account, g.kopecks, g.grant_id, g.component, g.reason) for _, g in pairs]


def sources(postings: tuple[Posting, ...]) -> set[Account]:
    return {posting.account for posting in postings if posting.kopecks < 0}
