"""The versions of the policies in force, which are part of what a profile means (R-301)."""

from collections.abc import Mapping

from domain.sampling import SAMPLING_POLICY_VERSION

POLICIES: Mapping[str, str] = {"sampling": SAMPLING_POLICY_VERSION}
