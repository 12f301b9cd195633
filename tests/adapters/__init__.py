"""What single adapters promise beyond their port."""
