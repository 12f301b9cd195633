"""Tests of logs, figures and health."""
