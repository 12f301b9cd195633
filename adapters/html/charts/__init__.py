"""What each drawing looks like: geometry only, in the units of the plot; templates put it down."""
