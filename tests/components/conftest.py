"""Fixtures of the component tests."""

from tests.components.clips import clip
from tests.components.served import asked, served

__all__ = ["asked", "clip", "served"]
