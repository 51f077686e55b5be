"""Text of every script on paper: direction, glyphs, fonts, PDF."""
