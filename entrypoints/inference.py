"""Who serves models: the runtime in this process, or a Triton server."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from numpy.typing import NDArray
from platformdirs import user_data_path

from application.ports.inference import Inference
from domain.served_model import ServedModel

URL, FOLDER = "TRENDFLOW_INFERENCE_URL", "TRENDFLOW_MODELS_DIR"
SETTINGS = frozenset({URL, FOLDER})

_SCHEMES = {"grpc": False, "grpcs": True}
_HOST = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", re.ASCII | re.IGNORECASE)


class InvalidInference(Exception):
    """A setting of the served models cannot be; the word is its name."""


def usual_folder() -> Path:
    """Where models lie unless another folder is named.

    They belong to the release and the machine: every data directory shares them.
    """
    return user_data_path("trendflow", appauthor=False) / "models"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """`kind` is `onnx`, from a folder, or `triton`, at `host:port`."""

    kind: str = "onnx"
    address: str = ""
    is_secure: bool = False
    folder: Path = field(default_factory=usual_folder)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Serving":
        """Raises InvalidInference with the name of the variable."""
        given = environment.get(FOLDER, "").strip()
        folder = Path(given).expanduser().absolute() if given else usual_folder()
        url = environment.get(URL, "").strip()
        if not url:
            return cls(folder=folder)
        try:
            address, is_secure = _address(url)
        except ValueError:
            raise InvalidInference(URL) from None
        return cls(kind="triton", address=address, is_secure=is_secure, folder=folder)


def _address(url: str) -> tuple[str, bool]:
    """Host and port of `grpc://host:port`, and whether it is encrypted. Raises ValueError."""
    parts = urlsplit(url)
    port, host = parts.port, parts.netloc.rpartition(":")[0]
    is_bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if not (parts.scheme in _SCHEMES and port and _HOST.fullmatch(host) and is_bare):
        raise ValueError
    return f"{host}:{port}", _SCHEMES[parts.scheme]


class LateInference:
    """Whoever serves models (port `Inference`), made when the first model is asked for.

    Its libraries cost time and memory, which a run without such components does not spend.
    """

    def __init__(self, make: Any) -> None:
        self._make = make

    @cached_property
    def _serving(self) -> Inference:
        serving: Inference = self._make()
        return serving

    def model(self, name: str) -> ServedModel:
        return self._serving.model(name)

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        return self._serving.infer(name, inputs)
