"""Components of the visual modality."""
