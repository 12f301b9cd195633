"""Components of the audio modality."""
