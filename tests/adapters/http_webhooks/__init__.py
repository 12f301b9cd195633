"""Tests of sending webhooks over real connections."""
