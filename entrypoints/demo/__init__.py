"""The sample video of `trendflow demo`, made on the spot, and the truth about it."""
