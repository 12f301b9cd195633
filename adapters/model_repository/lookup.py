"""Finding rows by numbers that are spread wide, inside a graph: a table of hashed slots."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from adapters.model_repository.graph import Graph

SLOTS = 1 << 16
NONE = -1


def word_key(word: bytes) -> int:
    """What stands for a word: 63 bits of BLAKE2b, the lowest of its first eight bytes left out."""
    digest = hashlib.blake2b(word, digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def rows_of(graph: Graph, keys: str, known: NDArray[np.int64]) -> str:
    """The position in `known` of each key (N, keys), or -1 for one that is not there.

    Known keys are never negative; a key of -1 stands for none. Raises ValueError for two equal
    ones: whoever made them could not tell what they stand for.
    """
    if len(np.unique(known)) != len(known):
        raise ValueError("two entries of a vocabulary have one key")
    slots = known % SLOTS
    order = np.argsort(slots, kind="stable")
    starts = np.searchsorted(slots[order], np.arange(SLOTS))
    places = np.arange(len(known)) - starts[slots[order]]
    table = np.full((SLOTS, int(places.max()) + 1), NONE, dtype=np.int64)
    rows = np.full(table.shape, NONE, dtype=np.int32)
    table[slots[order], places] = known[order]
    rows[slots[order], places] = order
    slot = graph.add("Mod", keys, graph.constant([SLOTS]))
    candidates = graph.add("Gather", graph.constant(table), slot)
    is_it = graph.add("Equal", candidates, graph.add("Unsqueeze", keys, graph.constant([-1])))
    there = graph.add("Gather", graph.constant(rows), slot)
    nothing = graph.constant(np.asarray(NONE, dtype=np.int32))
    chosen = graph.add("Where", is_it, there, nothing)
    return graph.add("ReduceMax", chosen, graph.constant([-1]), keepdims=0)
