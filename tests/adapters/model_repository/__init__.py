"""Tests of the model repository."""
