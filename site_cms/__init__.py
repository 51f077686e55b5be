"""The project and its pages: what the Secretariat edits."""
