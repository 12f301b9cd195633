"""Tesseract as a program."""
