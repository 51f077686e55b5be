"""Search over events, pages, public documents and sessions in the reader's language."""
