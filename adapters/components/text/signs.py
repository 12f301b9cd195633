"""What stands in a text beside words: emoji, hashtags, mentions, links, capitals."""

import emoji
import numpy as np
import regex
from numpy.typing import NDArray

# Signs of trade and copyright are letters of a brand unless asked to be pictures.
_PLAIN_SIGNS = frozenset("©®™")
_HASHTAG = regex.compile(r"(?<![\w&#/])#(?=\w*?\p{L})\w++")
_MENTION = regex.compile(r"(?<![\w.@/])@\w[\w.-]{2,}+")
_EMAIL = regex.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
# Without a scheme only a name that ends as sites end is a link: "done.Next" is none.
_ENDS = "com|ru|рф|net|org|io|me|be|tv|gg|ly|co|app|dev|info|su|shop|cc|to"
_LINK = regex.compile(
    r"(?i)(?:https?://|(?<![\w@.-])www\.)(?P<site>[^\s/?#]++)\S*+"
    rf"|(?<![\w@.-])(?P<bare>[\p{{L}}\p{{N}}-]++(?:\.[\p{{L}}\p{{N}}-]++)*+(?<=\.(?:{_ENDS})))"
    r"(?:/\S*+)?"
)


def emoji_count(text: str) -> int:
    """How many emoji a person sees: joined ones are one, a bare © is none."""
    return sum(one["emoji"] not in _PLAIN_SIGNS for one in emoji.emoji_list(text))


def hashtag_count(text: str) -> int:
    """Hashtags: a `#` and a word with at least one letter, not part of a link."""
    return len(_HASHTAG.findall(_LINK.sub(" ", text)))


def mention_count(text: str) -> int:
    """Mentions of channels, as `@name`; an e-mail address is none."""
    return len(_MENTION.findall(_LINK.sub(" ", text)))


def link_sites(text: str) -> list[str]:
    """The site of each link in order, in lower case and without `www.`."""
    found = (match["site"] or match["bare"] for match in _LINK.finditer(text))
    return [site.lower().removeprefix("www.").rstrip(".,;:!)") for site in found]


def without_links(text: str) -> str:
    """The text with links, e-mail addresses and mentions taken out."""
    for pattern in (_LINK, _EMAIL, _MENTION):
        text = pattern.sub(" ", text)
    return text


def capital_share(text: str) -> NDArray[np.float64]:
    """Share of capitals among letters of two cases; 0 where there are none. Shape ()."""
    upper, lower = sum(x.isupper() for x in text), sum(x.islower() for x in text)
    return part(upper, upper + lower)


def part(amount: int, whole: int) -> NDArray[np.float64]:
    """`amount / whole`, 0 where there is no whole. Shape ()."""
    return np.array(amount / whole if whole else 0.0, dtype=np.float64)
