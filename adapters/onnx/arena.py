"""The memory in which all models of a process compute."""

from functools import cache

import onnxruntime

FIRST_BYTES = 64 << 20
"""Above 32 MiB, the most for which glibc ever takes from its heap: each piece is a mapping of its
own, and goes back to the system when it is freed."""

_DOUBLING = 0


@cache
def share_arena() -> None:
    """Lets the sessions of this process that ask for it compute in one arena.

    Without one each tensor is an aligned block of glibc's heap. When something small that stays has
    come to lie behind such a block, the next of the same size does not fit where it was
    (https://sourceware.org/bugzilla/show_bug.cgi?id=14581), and the heap grows with every call. The
    first 64 MiB stay, once a process; a call that needs more gets twice as much, and gives it back.
    """
    onnxruntime.create_and_register_allocator(
        onnxruntime.OrtMemoryInfo(
            "Cpu",
            onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR,
            0,
            onnxruntime.OrtMemType.DEFAULT,
        ),
        onnxruntime.OrtArenaCfg(
            {
                "arena_extend_strategy": _DOUBLING,
                "initial_chunk_size_bytes": FIRST_BYTES,
                "initial_growth_chunk_size_bytes": FIRST_BYTES,
            }
        ),
    )


def giving_back() -> onnxruntime.RunOptions:
    """Of a call: what it took beyond the first piece goes back when it is over."""
    chosen = onnxruntime.RunOptions()
    chosen.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return chosen
