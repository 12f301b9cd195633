"""One model in memory: its session, and what it takes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime

from adapters.onnx.arena import share_arena
from application.inference_batches import Arrays
from application.ports.inference import ModelInputRefused
from domain.served_model import ServedModel

WEIGHTS = "weights_sha256"
"""Under this key a file of the repository tells the digest of the weights it was made from."""

_TYPES = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}
_QUIET = 3


def options() -> Any:
    """One thread a call, in the arena of the process; weights lie apart, as they come and go."""
    share_arena()
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = 1
    chosen.inter_op_num_threads = 1
    chosen.add_session_config_entry("session.use_env_allocators", "1")
    chosen.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    chosen.enable_mem_pattern = False
    chosen.log_severity_level = _QUIET
    return chosen


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A session, safe to run from several threads; `size_bytes` is its file's."""

    served: ServedModel
    session: Any
    size_bytes: int

    def check(self, inputs: Arrays) -> None:
        """Raises ModelInputRefused for another name, rank, length or type than the model takes."""
        takes = {each.name: each for each in self.session.get_inputs()}
        if takes.keys() != inputs.keys():
            raise ModelInputRefused(
                f"{self.served.name} takes {sorted(takes)}, not {sorted(inputs)}"
            )
        for key, value in inputs.items():
            shape = tuple(takes[key].shape)[1:]
            is_type = value.dtype == _TYPES[takes[key].type]
            if not is_type or not _fits(value.shape[1:], shape):
                raise ModelInputRefused(f"{self.served.name}.{key} takes {_TYPES[takes[key].type]}")


def _fits(given: tuple[int, ...], asked: tuple[int | str | None, ...]) -> bool:
    """A word or None in a model's shape stands for any length."""
    pairs = zip(given, asked, strict=False)
    return len(given) == len(asked) and all(
        have == want for have, want in pairs if isinstance(want, int)
    )
