"""Shared work of a run: pictures, sound and spectrum, made once and handed to components."""
