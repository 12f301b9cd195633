"""Things are expired exactly when they are older than their age (R-107)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.retention import RetentionPolicy
from tests.builders import NOON

POLICY = RetentionPolicy()
AGES = st.timedeltas(timedelta(0), timedelta(days=30))


@given(AGES)
def test_expired_is_older_than(age: timedelta) -> None:
    now = NOON + age
    assert POLICY.workspace_expired(NOON, now=now) == (age > timedelta(hours=1))
    assert POLICY.upload_expired(NOON, now=now) == (age > timedelta(hours=24))


@pytest.mark.parametrize("days", [0, 3])
def test_the_ages_are_the_policys(days: int) -> None:
    policy = RetentionPolicy(abandoned_upload=timedelta(days=days))
    kept, gone = NOON + timedelta(days=days), NOON + timedelta(days=days, microseconds=1)
    assert not policy.upload_expired(NOON, now=kept)
    assert policy.upload_expired(NOON, now=gone)
