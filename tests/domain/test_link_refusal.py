"""The closed list of reasons for refusing a link."""

import pytest

from domain.link_refusal import LinkRefusal


def test_the_list_is_closed() -> None:
    """R-106; a new reason is a new sentence in both languages."""
    assert {reason.value for reason in LinkRefusal} == {
        "private",
        "removed",
        "age",
        "region",
        "members_only",
        "live",
        "bot_check",
        "rate_limited",
        "format_missing",
        "runtime_missing",
        "unavailable",
        "switched_off",
    }


@pytest.mark.parametrize("reason", LinkRefusal)
def test_each_is_one_sentence_that_ends_with_what_helps(reason: LinkRefusal) -> None:
    refusal = reason.error()
    assert refusal.reason == refusal.fields["reason"] == reason.value
    assert str(refusal).endswith("; upload the file instead.")
    assert str(refusal).count(".") == 1


def test_only_checks_of_who_asks_are_held_against_the_egress() -> None:
    assert {r for r in LinkRefusal if r.blames_us} == {
        LinkRefusal.BOT_CHECK,
        LinkRefusal.RATE_LIMITED,
    }
