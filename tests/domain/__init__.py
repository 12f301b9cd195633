"""The rules of the trade, each against a truth known beforehand."""
