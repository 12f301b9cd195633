"""How an installation is watched: its logs, its figures, its health."""
