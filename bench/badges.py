"""The people whose badges are measured: names in ten scripts, country names of up to 58 characters."""
