"""Some models are served by one, all others by another."""

import numpy as np

from adapters.memory.inference import MadeModel, MemoryInference
from application.routed_inference import RoutedInference
from domain.served_model import ServedModel


def _serving(*names: str, engine: str) -> MemoryInference:
    def made(name: str) -> MadeModel:
        served = ServedModel(name=name, version="1", weights_sha256="0" * 64, engine=engine)
        return MadeModel(served=served, inputs={"x": ((), "float32")}, compute=dict)

    return MemoryInference({name: made(name) for name in names})


def test_a_model_is_asked_of_whoever_serves_it() -> None:
    both = ("ear", "eye")
    routed = RoutedInference(
        others=_serving(*both, engine="usual"), apart=_serving(*both, engine="own"), names=("ear",)
    )
    assert routed.model("ear").engine == "own"
    assert routed.model("eye").engine == "usual"
    routed.infer("ear", {"x": np.zeros(1, np.float32)})
    assert isinstance(routed.apart, MemoryInference)
    assert routed.apart.calls == [("ear", 1)]
