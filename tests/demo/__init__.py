"""The sample video: that its written-down truth is true, by other means than our components."""
