"""How a model lies in the repository: one folder layout for Triton and for ONNX Runtime."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import onnx
from onnx import ModelProto, ValueInfoProto, helper

from adapters.model_repository.placed import BUILT

_TYPES: dict[int, str] = {
    onnx.TensorProto.FLOAT: "TYPE_FP32",
    onnx.TensorProto.DOUBLE: "TYPE_FP64",
    onnx.TensorProto.UINT8: "TYPE_UINT8",
    onnx.TensorProto.INT32: "TYPE_INT32",
    onnx.TensorProto.INT64: "TYPE_INT64",
}

_CONFIG = "config.pbtxt"
_SERVED_MAX = 2
_NEWEST = f"latest {{ num_versions: {_SERVED_MAX} }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the repository says of a model; `weights_sha256` is of the file it was made from."""

    name: str
    version: str
    weights_sha256: str
    batch_max: int = 1
    precision: str = "float32"


def write(folder: Path, described: Described, model: ModelProto) -> None:
    """Writes a model's version as a whole, in place of one that is there, then its config."""
    helper.set_model_props(model, {key: str(value) for key, value in asdict(described).items()})
    content = model.SerializeToString(deterministic=True)
    place = folder / described.name / described.version
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".made-", dir=place.parent))
    try:
        (made / "model.onnx").write_bytes(content)
        built = {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
        (made / BUILT).write_text(json.dumps(built | asdict(described), indent=1) + "\n")
        made.chmod(0o755)
        if place.exists():
            shutil.rmtree(place)
        made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    config = place.parent / f".{_CONFIG}"
    config.write_text(config_text(described, model, _policy(place, model)))
    config.replace(place.parent / _CONFIG)


def is_described(place: Path) -> bool:
    """Whether Triton is told of a version what was written with it; of older ones it need not be.

    The version has to be whole, as `write` left it.
    """
    if place != max(_versions(place.parent), key=lambda each: int(each.name)):
        return True
    model = onnx.load(place / "model.onnx")
    built = json.loads((place / BUILT).read_text())
    described = Described(**{each.name: built[each.name] for each in fields(Described)})
    try:
        said = (place.parent / _CONFIG).read_text()
    except (OSError, ValueError):
        return False
    return said == config_text(described, model, _policy(place, model))


def config_text(described: Described, model: ModelProto, policy: str = _NEWEST) -> str:
    """Triton's description of the model.

    A graph whose first axis is fixed takes one item a call: Triton is then told of no batches.
    """
    is_batching = _is_batching(model)
    lines = [
        f'name: "{described.name}"',
        'backend: "onnxruntime"',
        f"max_batch_size: {described.batch_max if is_batching else 0}",
        *_values(model),
        f"version_policy {{ {policy} }}",
        "instance_group [{ kind: KIND_CPU count: 1 }]",
        _parameter("weights_sha256", described.weights_sha256),
        _parameter("precision", described.precision),
        _parameter("intra_op_thread_count", "1"),
    ]
    if is_batching and described.batch_max > 1:
        lines.append("dynamic_batching { max_queue_delay_microseconds: 2000 }")
    return "\n".join(lines) + "\n"


def _policy(place: Path, model: ModelProto) -> str:
    """Which versions Triton serves: one description speaks for all, so only those that it fits.

    One that it does not fit stays for who reads it from the folder.
    """
    beside = [each for each in _versions(place.parent) if each != place]
    fitting = [each for each in beside if _fits(each, model)]
    if fitting == beside:
        return _NEWEST
    served = sorted(int(each.name) for each in (*fitting, place))[-_SERVED_MAX:]
    return f"specific {{ versions: {served} }}"


def _versions(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.isdecimal()]


def _fits(version: Path, model: ModelProto) -> bool:
    """Whether it is as it was built, and of the same shape."""
    try:
        content = (version / "model.onnx").read_bytes()
        built = json.loads((version / BUILT).read_text())
    except (OSError, ValueError):
        return False
    if hashlib.sha256(content).hexdigest() != built["sha256"]:
        return False
    other = onnx.load_model_from_string(content)
    return _is_batching(other) == _is_batching(model) and _values(other) == _values(model)


def _is_batching(model: ModelProto) -> bool:
    return not model.graph.input[0].type.tensor_type.shape.dim[0].HasField("dim_value")


def _values(model: ModelProto) -> list[str]:
    is_batching = _is_batching(model)
    takes = [_value("input", each, is_batching=is_batching) for each in model.graph.input]
    gives = [_value("output", each, is_batching=is_batching) for each in model.graph.output]
    return takes + gives


def _value(word: str, value: ValueInfoProto, *, is_batching: bool) -> str:
    dims = value.type.tensor_type.shape.dim
    item = [dim.dim_value if dim.HasField("dim_value") else -1 for dim in dims]
    item = item[1:] if is_batching else item
    # An item that is one number has no axis, which Triton writes like this.
    shape = f"dims: {item}" if item else "dims: [1] reshape { shape: [] }"
    kind = _TYPES[value.type.tensor_type.elem_type]
    return f'{word} [{{ name: "{value.name}" data_type: {kind} {shape} }}]'


def _parameter(key: str, value: str) -> str:
    return f'parameters {{ key: "{key}" value: {{ string_value: "{value}" }} }}'
