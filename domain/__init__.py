"""The trade of analysing videos: rules and words, standard library only."""
