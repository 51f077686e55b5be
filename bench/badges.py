"""500 badges in seven languages and scripts, countries of up to 58 characters: time, memory and size.

By itself: `python -m bench.badges` on an empty migrated database that DATABASE_URL names.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NUMBER = 500
CODE = "BENCH-BADGES"
NAMES = (
    ("Amina Wanjiru Otieno", "en"),
    ("محمد عبد الرحمن الغامدي", "ar"),
    ("王小明", "zh-hans"),
    ("Александра Владимировна Соколова", "ru"),
    ("Nguyễn Thị Phương Thảo", "en"),
    ("José Ramón Ibáñez Núñez", "es"),
    ("Françoise Lefèvre-Dumoulin", "fr"),
    ("Wolfeschlegelsteinhausenbergerdorff", "en"),
    ("สมชาย ใจดี", "en"),
    ("राजेश कुमार शर्मा", "en"),
)
UNITED_KINGDOM = {
    "en": "United Kingdom of Great Britain and Northern Ireland",
    "fr": "Royaume-Uni de Grande-Bretagne et d'Irlande du Nord",
    "es": "Reino Unido de Gran Bretaña e Irlanda del Norte",
    "ar": "المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية",
    "zh-hans": "大不列颠及北爱尔兰联合王国",
    "ru": "Соединенное Королевство Великобритании и Северной Ирландии",
}


def people() -> None:
    """Make the event and its confirmed people, once; Django must be set up."""
    from django.db import transaction

    from events.catalogue.models import Event
    from tests.factories import make_category, make_country, make_event, make_registration

    if Event.objects.filter(code=CODE).exists():
        return
    with transaction.atomic():
        event = make_event(CODE, title={"en": "3rd IPPC Global Symposium on ePhyto"}, is_demonstration=True)
        categories = [make_category(event, letter) for letter in "DOS"]
        country = make_country("GB", UNITED_KINGDOM["en"])
        country.name = UNITED_KINGDOM
        country.save()
        for at in range(NUMBER):
            name, language = NAMES[at % len(NAMES)]
            make_registration(
                event,
                categories[at % 3],
                name=f"{name} {at}",
                language=language,
                representing="country",
                country=country,
                organization="Ministry of Agriculture, Livestock and Fisheries" if at % 5 == 0 else "",
            )


def run() -> dict[str, float]:
    """The best of three: seconds as a command and warm in one process, peak RSS in MB, size in MB."""
    from django.core.management import call_command

    people()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "badges.pdf"
        command = [sys.executable, "manage.py", "badges", CODE, "--out", str(out)]
        cold = min(
            _seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(3)
        )
        # The larger of the command and the process that it typesets in.
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with Path(os.devnull).open("w") as silence:
            warm = min(
                _seconds(lambda: call_command("badges", CODE, out=out, stdout=silence)) for _ in range(3)
            )
        size = out.stat().st_size / 1e6
    return {"command s": cold, "warm s": warm, "peak RSS MB": memory, "size MB": size}


def _seconds(act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
    django.setup()
    print("  ".join(f"{what}: {value:.2f}" for what, value in run().items()))
