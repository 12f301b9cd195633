"""The page of served models, written from the manifest: what whoever writes a component needs."""

from collections.abc import Sequence

from application.ports.model_repository import ModelEntry, Tensor

_HEAD = """# Served models

Written by `make schemas` from `models/manifest.yaml`; do not edit. How to build, use and add
models: [how-to/models.md](how-to/models.md). A word in a shape stands for any length; the first
axis counts items. Processor time is of one item on one thread, memory the most that a process held
with a full batch. Where an item may have any length it was a minute of sound (silero_vad), 5 s
(firered_aed), a picture of 736 x 1312 (ppocr_detector), a line 320 wide (ppocr_reader), 64 pieces
(use_multilingual).

| model | task | batch | CPU, ms an item | memory, MiB | licence |
|---|---|---|---|---|---|
"""


def models_page(entries: Sequence[ModelEntry]) -> str:
    """Markdown of the whole manifest."""
    rows = (
        f"| [`{e.name}`](#{e.name}) | {e.task} | {e.batch_max} | {e.cpu_ms_per_item:g} "
        f"| {e.memory_mib} | {e.licence}{'' if e.is_enabled else ' (off)'} |\n"
        for e in entries
    )
    return _HEAD + "".join(rows) + "".join(_section(entry) for entry in entries)


def _section(entry: ModelEntry) -> str:
    source = f"{entry.package} {entry.package_version} ({entry.client})"
    lines = [
        f"\n## {entry.name}\n\n{entry.task}. Version {entry.version}, from {source}.\n",
        "\n| | name | type and shape | what |\n|---|---|---|---|\n",
        *(_row("in", tensor) for tensor in entry.inputs),
        *(_row("out", tensor) for tensor in entry.outputs),
        f"\n- Before: {entry.preprocessing}\n",
        f"- After: {entry.postprocessing}\n" if entry.postprocessing else "",
        f"- Classes: {', '.join(entry.classes)}\n" if entry.classes else "",
        f"- Languages: {', '.join(entry.languages)}\n" if entry.languages else "",
        f"- Weakness: {entry.weakness}\n",
        f"- Weights: SHA-256 `{entry.weights_sha256}`\n",
        f"- Licence: {entry.licence}. {entry.licence_evidence}.\n",
        f"- Checked: {entry.checked}\n",
    ]
    return "".join(lines)


def _row(word: str, tensor: Tensor) -> str:
    shape = ", ".join(str(length) for length in tensor.shape)
    return f"| {word} | `{tensor.name}` | {tensor.type} ({shape}) | {tensor.what} |\n"
