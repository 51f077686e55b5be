"""Files that strangers send: where they lie and what they may be."""
