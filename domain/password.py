"""Passwords: how long they are and what they may not be (NIST SP 800-63B, 5.1.1).

Length is what counts: no rules of composition, no expiry. What is kept of one is a hash.
"""

import unicodedata
from dataclasses import dataclass, field

from domain.errors import InvalidPassword

CHARACTERS_MIN = 12
CHARACTERS_MAX = 128
DIFFERENT_CHARACTERS_MIN = 5
_OURS = "trendflow"
_NEVER_TYPED = {"Cc", "Cs"}
"""Control characters, and halves of others that no encoding can write."""

_NAME_CHARACTERS_MIN = 4
"""A shorter name, such as `al@…`, stands by chance in many a good password."""


@dataclass(frozen=True, slots=True)
class Password:
    """What a person types to show who they are; it is never shown again.

    The same characters are one password however a keyboard composes them (NFKC). InvalidPassword
    for what no password can be.
    """

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        # Before it is normalised: one character may become eighteen, at a cost.
        if len(self.text) > CHARACTERS_MAX:
            raise InvalidPassword("too long for a password")
        text = unicodedata.normalize("NFKC", self.text)
        if any(unicodedata.category(character) in _NEVER_TYPED for character in text):
            raise InvalidPassword("characters that are not text")
        object.__setattr__(self, "text", text)

    def check_new(self, *, email: str) -> None:
        """InvalidPassword for one that is too short or easily guessed for this person."""
        known = self.text.casefold()
        name = email.partition("@")[0]
        words = (_OURS, email, *([name] if len(name) >= _NAME_CHARACTERS_MIN else []))
        if len(self.text) < CHARACTERS_MIN:
            raise InvalidPassword("too short for a password")
        if len(set(known)) < DIFFERENT_CHARACTERS_MIN:
            raise InvalidPassword("of few different characters")
        if any(word in known for word in words):
            raise InvalidPassword("holds the address or the name of the service")
