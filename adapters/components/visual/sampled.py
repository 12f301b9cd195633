"""The stored frames of a component that asked for some."""

from application.ports.components import Frames, Inputs


def sampled(inputs: Inputs) -> Frames:
    """The frames planned for the component; ValueError when the run planned none."""
    if inputs.frames is None or not inputs.frames.indices.size:
        raise ValueError("no frames were planned for this component")
    return inputs.frames
