"""Components of the text modality."""
