"""`triton_models.yaml`: which models each component asks, and in which version (R-906)."""

from collections.abc import Iterable, Mapping

from domain.component import ComponentSpec

_HEAD = "# Which models each component asks, in which version: `trendflow models map`.\n"


def triton_models(specs: Iterable[ComponentSpec], versions: Mapping[str, str]) -> str:
    """YAML, by component its models with their versions; components that ask none are left out."""
    asking = sorted((spec for spec in specs if spec.models), key=lambda spec: spec.name)
    return _HEAD + "".join(
        f"{spec.name}:\n" + "".join(f'  {name}: "{versions[name]}"\n' for name in spec.models)
        for spec in asking
    )
