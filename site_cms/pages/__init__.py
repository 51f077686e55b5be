"""The page types that the Secretariat edits."""
