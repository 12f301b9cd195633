"""The schema as text, and what of a change would break those who use it."""

from graphql import BreakingChange, build_schema, find_breaking_changes

from entrypoints.graphql.schema import schema


def printed() -> str:
    """The schema in its own language, as it is checked in."""
    return schema().as_str() + "\n"


def breaking_changes(before: str, now: str) -> list[str]:
    """What a client written for `before` could no longer ask of `now`, a sentence a change."""
    changes: list[BreakingChange] = find_breaking_changes(build_schema(before), build_schema(now))
    return [change.description for change in changes]
