"""libical's own checker as an oracle: built once from a few lines of C where its headers are installed."""

import functools
import subprocess
import tempfile
from pathlib import Path

import pytest

SOURCE = r"""
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int errors(icalcomponent *part) {
  int found = 0;
  icalproperty *p = icalcomponent_get_first_property(part, ICAL_XLICERROR_PROPERTY);
  for (; p; p = icalcomponent_get_next_property(part, ICAL_XLICERROR_PROPERTY), found++)
    fprintf(stderr, "%s\n", icalproperty_as_ical_string(p));
  icalcomponent *c = icalcomponent_get_first_component(part, ICAL_ANY_COMPONENT);
  for (; c; c = icalcomponent_get_next_component(part, ICAL_ANY_COMPONENT)) found += errors(c);
  return found;
}

int main(void) {
  static char text[4 << 20];
  text[fread(text, 1, sizeof text - 1, stdin)] = 0;
  icalcomponent *root = icalparser_parse_string(text);
  if (!root) return 2;
  icalrestriction_check(root);
  int found = errors(root);
  printf("%d %d", found, icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT));
  return found ? 1 : 0;
}
"""


@functools.cache
def _checker() -> Path | None:
    folder = Path(tempfile.mkdtemp(prefix="libical"))
    source, program = folder / "check.c", folder / "check"
    source.write_text(SOURCE)
    try:
        built = subprocess.run(["gcc", "-o", program, source, "-lical"], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return program if built.returncode == 0 else None


def assert_valid(feed: bytes, *, events: int) -> None:
    """Fail with libical's words unless it accepts the feed and finds that many events in it."""
    checker = _checker()
    if checker is None:
        pytest.skip("gcc or libical's headers (Debian: libical-dev) are not installed")
    done = subprocess.run([checker], input=feed, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode(), done.stdout.decode()) == (0, "", f"0 {events}")
