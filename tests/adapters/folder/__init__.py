"""The result store on the local disk."""
