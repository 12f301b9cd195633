"""A payment provider on this machine: it takes no money and speaks like a real one."""
