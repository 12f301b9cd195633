"""What people ask TrendFlow to do, and the ports through which it is done."""
