"""Run the measurements on SQLite and on PostgreSQL and print one table."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace

from tests.postgres import server

from .harness import Figure, calibration, measured_site
from .work import MEASUREMENTS


def main(names: list[str]) -> None:
    """Measure what is named, or everything."""
    # As where people register: modules are compiled once, not at each start of a process.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    wanted = {name: MEASUREMENTS[name] for name in names or MEASUREMENTS}
    figures = [*on("SQLite", "", wanted)]
    with server(lasting=True) as server_url:
        figures += on("PostgreSQL", server_url, wanted)
    print_table(figures)


def on(database: str, server_url: str, wanted: dict[str, Callable[..., list[Figure]]]) -> list[Figure]:
    """The figures on one kind of database."""
    figures: list[Figure] = []
    with measured_site(server_url) as (site, mailbox):
        for name, measure in wanted.items():
            loop = calibration()
            print(f"{database}: {name} (calibration loop {loop:.0f} ms)", file=sys.stderr, flush=True)
            where = f"{database}, loop {loop:.0f} ms"
            figures += [replace(figure, database=where) for figure in measure(site, mailbox)]
    return figures


def print_table(figures: list[Figure]) -> None:
    """The figures as a Markdown table."""
    print("| work | measured | aim | database and calibration loop |\n|---|---|---|---|")
    for figure in sorted(figures, key=lambda figure: figure.work):
        print(f"| {figure.work} | {figure.measured} | {figure.aim} | {figure.database} |")


if __name__ == "__main__":
    main(sys.argv[1:])
