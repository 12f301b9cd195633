"""Features whose every scenario runs from inside and from outside."""
