"""Programs that a client starts beside itself, and the ports they are given."""

import contextlib
import socket
import subprocess
import tempfile


def free(family=socket.AF_INET, host="127.0.0.1"):
    """A free port."""
    with socket.socket(family) as one:
        one.bind((host, 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def running(*command):
    """A program, until it is no longer needed."""
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
            if program.returncode not in (0, -15):
                said.seek(0)
                print(said.read().decode(errors="replace")[-2000:])
