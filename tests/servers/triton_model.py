"""What Triton's Python backend runs in the tests: the `model.onnx` beside it, by ONNX Runtime."""

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import triton_python_backend_utils as triton
from numpy.typing import NDArray


class TritonPythonModel:
    """Triton's name for it: made once an instance, asked for a row of requests at a time.

    It has no `initialize`, by design. While a model initializes, Triton's Python backend gives up
    a helper that gives no sign of life for one second, a number that no setting changes; it then
    takes away the memory they share, and either ends the whole server by boost's `lock_exception`
    or waits for ever. Loading takes seconds where many want the processor. Now who asks first pays
    for it, and what is left to be starved in is a tenth of a second.
    """

    @cached_property
    def session(self) -> Any:
        """The model with one thread, as in process."""
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        file = Path(__file__).with_name("model.onnx").resolve()
        return runtime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

    def execute(self, requests: list[Any]) -> list[Any]:
        """One computation for all requests that the batcher put together."""
        names = [each.name for each in self.session.get_inputs()]
        given = [
            {name: _array(triton.get_input_tensor_by_name(request, name)) for name in names}
            for request in requests
        ]
        joined = {name: np.concatenate([one[name] for one in given]) for name in names}
        answers = self.session.run(None, joined)
        outputs = [each.name for each in self.session.get_outputs()]
        found, start = [], 0
        for one in given:
            end = start + len(one[names[0]])
            tensors = [
                triton.Tensor.from_dlpack(name, np.array(answer[start:end]))
                for name, answer in zip(outputs, answers, strict=True)
            ]
            found.append(triton.InferenceResponse(tensors))
            start = end
        return found


def _array(tensor: Any) -> NDArray[Any]:
    """By DLPack, in and out: the stub was built for numpy 1, and reads ours as zero bytes wide."""
    return np.from_dlpack(tensor)
