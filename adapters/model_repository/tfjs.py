"""TensorFlow.js graph models as ONNX: the operators of small convolutional networks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.model_repository.graph import Graph
from adapters.model_repository.tfjs_operators import OPERATORS, Node

Weights = Mapping[str, NDArray[Any]]


class UnknownOperator(ValueError):
    """The graph has an operator that is not translated."""


@dataclass(slots=True)
class TfjsGraph:
    """The nodes and weights of a `model.json` with its one file of weights.

    `frees_batch`: reshapes to one item are made reshapes to any number of them.
    """

    nodes: Mapping[str, Mapping[str, Any]]
    weights: Weights
    frees_batch: bool = False
    tensors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, topology: Path, weights: Path, *, frees_batch: bool = False) -> "TfjsGraph":
        document = json.loads(topology.read_text())
        nodes = {node["name"]: node for node in document["modelTopology"]["node"]}
        entries = [entry for group in document["weightsManifest"] for entry in group["weights"]]
        return cls(nodes, _weights(entries, weights.read_bytes()), frees_batch)

    def translate(self, graph: Graph, *, given: Mapping[str, str], wanted: Sequence[str]) -> None:
        """Adds what `wanted` nodes depend on; placeholders are `given`. See `tensors` after it."""
        self.tensors.update(given)
        for name in self._in_order(wanted):
            if name in self.tensors or name in self.weights:
                continue
            operator = str(self.nodes[name]["op"])
            if operator not in OPERATORS:
                raise UnknownOperator(operator)
            node = Node(
                self.nodes[name],
                _names(self.nodes[name]),
                graph,
                self.weights,
                self._tensor,
                frees_batch=self.frees_batch,
            )
            for number, tensor in enumerate(OPERATORS[operator](node)):
                self.tensors[name if number == 0 else f"{name}:{number}"] = tensor

    def _tensor(self, graph: Graph, name: str) -> str:
        name = name.removesuffix(":0")
        if name not in self.tensors:
            self.tensors[name] = graph.constant(self.weights[name])
        return self.tensors[name]

    def _in_order(self, wanted: Sequence[str]) -> Iterator[str]:
        """Every node that is needed, after those that it needs."""
        seen: set[str] = set()
        open_nodes = [(name, iter(_names(self.nodes[name]))) for name in wanted]
        while open_nodes:
            name, needs = open_nodes[-1]
            missing = next((n for n in needs if n.partition(":")[0] not in seen), None)
            if missing is None:
                open_nodes.pop()
                if name not in seen:
                    seen.add(name)
                    yield name
            else:
                source = missing.partition(":")[0]
                open_nodes.append((source, iter(_names(self.nodes[source]))))


def _names(node: Mapping[str, Any]) -> list[str]:
    """What a node is computed from; a name with ^ only says what goes before it."""
    return [name for name in node.get("input", []) if not name.startswith("^")]


def _weights(entries: Sequence[Mapping[str, Any]], content: bytes) -> Weights:
    """Weights as the graph takes them; float16 is only how they are kept."""
    found, start = {}, 0
    for entry in entries:
        kept = np.dtype(entry.get("quantization", entry)["dtype"])
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(content, kept, count, start)
        found[entry["name"]] = values.astype(entry["dtype"]).reshape(entry["shape"])
        start += count * kept.itemsize
    if start != len(content):
        raise ValueError("the weights are not those of the graph")
    return found
