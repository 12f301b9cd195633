"""How far tests of chance go: with `HYPOTHESIS_PROFILE=deep`, as far as the cases ask for."""

from hypothesis import settings

DEEP = settings.get_current_profile_name() == "deep"
