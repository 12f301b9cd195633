"""RAKE: key phrases of a text by how its words stand together.

Rose, Engel, Cramer & Cowley, "Automatic keyword extraction from individual documents", in Text
Mining (2010). Own code of a page: the libraries of this and kindred methods are unmaintained
(rake-nltk), GPL (yake) or want a language model (pytextrank).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

Phrase = tuple[str, ...]

_BOUNDARY = regex.compile(r"[^\p{L}\p{N}\p{M}\s'’‑-]|\n|\s[-‑]+\s")


def candidates(
    text: str, *, is_stop: Callable[[str], bool], words_of: Callable[[str], Sequence[str]]
) -> Iterator[Phrase]:
    """Runs of words between marks and stop words, as they are written."""
    for stretch in _BOUNDARY.split(text):
        run: list[str] = []
        for word in words_of(stretch):
            if is_stop(word):
                if run:
                    yield tuple(run)
                run = []
            else:
                run.append(word)
        if run:
            yield tuple(run)


def word_scores(phrases: Iterable[Phrase]) -> dict[str, float]:
    """Degree over frequency of each word: how many words it meets in its phrases, on average."""
    frequency: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    for phrase in phrases:
        frequency.update(phrase)
        degree.update({word: phrase.count(word) * len(phrase) for word in phrase})
    return {word: degree[word] / frequency[word] for word in frequency}


def phrase_score(phrase: Phrase, scores: dict[str, float]) -> float:
    """The sum of the scores of its words."""
    return sum(scores[word] for word in phrase)


def best_window(phrase: Phrase, scores: dict[str, float], *, words_max: int) -> slice:
    """The stretch of at most `words_max` words that scores highest, the first of equals."""
    starts = range(max(1, len(phrase) - words_max + 1))
    best = max(starts, key=lambda at: phrase_score(phrase[at : at + words_max], scores))
    return slice(best, best + words_max)
