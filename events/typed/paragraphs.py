"""Texts of several lines as strangers type them. Pure."""

from .names import clean_text


def clean_paragraphs(text: str) -> str:
    """Each line cleaned by `clean_text`, at most one empty line between two.

    Lines without a letter or digit, which some draw as rules, become empty ones.
    """
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cleaned = clean_text(line)
        if cleaned or (lines and lines[-1]):
            lines.append(cleaned)
    return "\n".join(lines).strip("\n")
