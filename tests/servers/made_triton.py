"""A server that speaks like Triton, serves one made model, and ends calls as it is told."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import grpc
import numpy as np
from tritonclient.grpc import model_config_pb2, service_pb2, service_pb2_grpc

from tests.contracts.inference import BATCH_MAX

SILENT = "silent"
"""Instead of a code: the call is never answered."""
Ending: TypeAlias = grpc.StatusCode | str | None


@dataclass(slots=True)
class MadeTriton:
    """Serves `doubling`; `ends` says by the number of items with which code a call ends, if any.

    Keeps of each call of the model how many items it carried and from which connection it came.
    """

    ends: Callable[[int], Ending] = lambda _: None
    is_ready: bool = True
    port: int = 0
    items: list[int] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ready(self, _request: Any, _context: Any) -> Any:
        return service_pb2.ServerReadyResponse(ready=self.is_ready)

    def described(self, _request: Any, _context: Any) -> Any:
        return service_pb2.ServerMetadataResponse(name="triton", version="2.0.0")

    def configured(self, request: Any, _context: Any) -> Any:
        config = model_config_pb2.ModelConfig(
            name=request.name, backend="made", max_batch_size=BATCH_MAX
        )
        config.parameters["weights_sha256"].string_value = "0" * 64
        return service_pb2.ModelConfigResponse(config=config)

    def inferred(self, request: Any, context: Any) -> Any:
        shape = tuple(request.inputs[0].shape)
        self.items.append(shape[0])
        self.connections.append(context.peer())
        ending = self.ends(shape[0])
        if ending == SILENT:
            self.over.wait()
        if isinstance(ending, grpc.StatusCode):
            context.abort(ending, "made to fail")
        given = np.frombuffer(request.raw_input_contents[0], np.float32)
        answer = service_pb2.ModelInferResponse(
            model_name=request.model_name, raw_output_contents=[(2 * given).tobytes()]
        )
        answer.outputs.add(name="y", datatype="FP32", shape=shape)
        return answer


@contextmanager
def made_triton(
    ends: Callable[[int], Ending] = lambda _: None, *, is_ready: bool = True
) -> Iterator[MadeTriton]:
    """Such a server on a free port of this machine."""
    made = MadeTriton(ends, is_ready)
    served = service_pb2_grpc.GRPCInferenceServiceServicer()
    served.ServerReady, served.ServerMetadata = made.ready, made.described
    served.ModelConfig, served.ModelInfer = made.configured, made.inferred
    server = grpc.server(ThreadPoolExecutor(8))
    service_pb2_grpc.add_GRPCInferenceServiceServicer_to_server(served, server)
    made.port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield made
    finally:
        made.over.set()
        server.stop(None).wait()
