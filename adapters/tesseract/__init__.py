"""Reading lines of text with Tesseract, run as a program of its own."""
