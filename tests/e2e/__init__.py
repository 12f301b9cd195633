"""The whole program, driven from outside as a person or a script drives it."""
