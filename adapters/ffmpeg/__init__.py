"""Looking into, decoding and repairing untrusted media with ffmpeg as a confined child process."""
