"""The key of a result: where it is equal, measuring again would give the same."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from domain.canonical import JsonValue, digest
from domain.component import ComponentSpec, FrameBudget
from domain.identity import release_of
from domain.run import Run
from domain.video import Metadata, UploadedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What this installation measures with: the decoder's build, and weights by model.

    Neither a device nor an engine: results do not depend on them beyond the stated tolerance.
    """

    decoder_build: str
    weights_sha256: Mapping[str, str] = field(default_factory=dict)


def reuse_key(
    spec: ComponentSpec, run: Run, equipment: Equipment, *, taken: Mapping[str, str]
) -> str | None:
    """SHA-256 over all that a component's result in a run follows from, 64 hexadecimal digits.

    `taken` holds the keys of the dependencies whose results it is given. None where a result cannot
    be told apart from another: the component asks a model whose weights nobody knows.
    """
    weights = {model: equipment.weights_sha256.get(model) for model in spec.models}
    if None in weights.values():
        return None
    identity = run.identity
    return digest(
        {
            "component": spec.name,
            "producer_version": spec.producer_version,
            "schema_version": spec.schema_version,
            # Without the models of all others: the component's own are named below.
            "dataprocessor_version": release_of(identity.dataprocessor_version),
            "video": _video(run),
            "metadata": {name: _told(run.metadata, name) for name in spec.reads_metadata},
            "parameters": dict(run.profile.choice(spec.name).parameters),
            "sampling": {
                "policy": identity.sampling_policy_version,
                "frames": _budget(spec.frames),
                "detail": _budget(spec.detail),
            },
            "decoder": equipment.decoder_build,
            "weights": {**weights},
            "dependencies": dict(taken),
        }
    )


def _video(run: Run) -> dict[str, JsonValue]:
    """A file is its content. A link is its id, and its length: its owner may have cut it since."""
    video: dict[str, JsonValue] = {
        "platform": str(run.identity.platform_id),
        "id": run.identity.video_id,
    }
    if isinstance(run.source, UploadedFile):
        return {**video, "sha256": run.source.sha256}
    return {**video, "duration_s": run.metadata.duration_s}


def _told(metadata: Metadata, name: str) -> str:
    # As ASCII: a title may hold what no encoding writes, and counters may pass any exact number.
    return json.dumps(getattr(metadata, name), ensure_ascii=True)


def _budget(budget: FrameBudget | None) -> JsonValue:
    return None if budget is None else {**asdict(budget)}
