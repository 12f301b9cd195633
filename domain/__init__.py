"""The rules of TrendFlow in the words of the trade, with nothing but the standard library."""
