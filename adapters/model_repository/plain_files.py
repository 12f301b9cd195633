"""Models that another engine than ONNX reads from its own files, laid out as they were fetched."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from adapters.model_repository.placed import BUILT
from application.ports.model_repository import ModelEntry


def weights_file(entry: ModelEntry) -> str:
    """The file of a model that lies in the repository, by which it is verified."""
    if entry.engine == "onnx":
        return "model.onnx"
    return next(Path(file.path).name for file in entry.files if file.role == "weights")


def place_files(place: Path, entry: ModelEntry, files: Mapping[str, Path]) -> None:
    """Copies a model's files under their own names, as a whole, in place of what is there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".made-", dir=place.parent))
    try:
        for source in entry.files:
            shutil.copyfile(files[source.role], made / Path(source.path).name)
        weights = (made / weights_file(entry)).read_bytes()
        built = {
            "sha256": hashlib.sha256(weights).hexdigest(),
            "size_bytes": len(weights),
            "name": entry.name,
            "version": entry.version,
            "weights_sha256": entry.weights_sha256,
            "batch_max": entry.batch_max,
            "languages": list(entry.languages),
        }
        (made / BUILT).write_text(json.dumps(built, indent=1) + "\n")
        made.chmod(0o755)
        if place.exists():
            shutil.rmtree(place)
        made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
