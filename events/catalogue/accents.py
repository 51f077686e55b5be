"""The palette as colours, for what no style sheet reaches: the shared picture and mails."""

from .models import Family

# As in static/css/tokens.css: --accent-deep and --accent.
COLOURS: dict[str, tuple[str, str]] = {
    Family.Accent.LEAF: ("#14532f", "#1b6e3c"),
    Family.Accent.OCEAN: ("#123f66", "#1a5a92"),
    Family.Accent.EARTH: ("#663610", "#8a4a14"),
    Family.Accent.PLUM: ("#5a2048", "#7b2d62"),
    Family.Accent.LAKE: ("#0a4a4a", "#0d6767"),
    Family.Accent.SLATE: ("#333f49", "#475663"),
}
