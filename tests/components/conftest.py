"""Fixtures of the component tests."""

from tests.components.clips import clip

__all__ = ["clip"]
