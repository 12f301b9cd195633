"""Probing, decoding and repair with the real ffmpeg, on made clips and on the shared ones."""
