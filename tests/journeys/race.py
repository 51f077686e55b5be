"""Processes that attempt something at the same moment, for the drills."""

import json
import subprocess
import sys

from tests.live import PROJECT, Site


def race(site: Site, processes: int, *arguments: str) -> list[str]:
    """What the attempts of all processes led to, which start when the last of them is ready.

    Each runs the module and arguments in `arguments`, says "ready", waits for a line and prints its outcomes.
    """
    command = [sys.executable, "-m", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [
        subprocess.Popen(command, cwd=PROJECT, env=site.environment, **pipes) for _ in range(processes)
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * processes
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0] * processes
    return [outcome for output in outputs for outcome in json.loads(output)]
