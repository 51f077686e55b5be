"""500 badges: people of seven languages and scripts, countries of up to 58 characters; time, memory, size.

`make bench` runs it. By itself it prints one line: `python -m bench.badges` on a database with the event.
"""

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
