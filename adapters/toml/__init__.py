"""What is shipped or written by hand as TOML: profiles and measured costs."""
