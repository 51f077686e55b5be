import os
import socket
import subprocess
import sys


def test_a_busy_port_stops_the_start_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        port = str(neighbour.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "site_cms.start"],
            env=os.environ | {"PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Another one can be chosen: make run PORT=8001\n"
