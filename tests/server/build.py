"""The API server that these tests run: built once by Go, and kept in the user's cache.

``python -m tests.server.build`` builds it if it is not there, and prints where it is.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tests.proof.tools import find

MODULE = Path(__file__).parent / "apiserver"

# Neither paths nor what debuggers want; and no C, so that nothing but Go is needed.
_BUILD = ("build", "-trimpath", "-ldflags=-s -w", "-o")
_ENVIRONMENT = {"CGO_ENABLED": "0"}


def place(go: Path) -> Path:
    """Where the program is, or is to be: another for other sources, pins, or another Go."""
    digest = sha256(_run(go, "env", "GOVERSION", "GOOS", "GOARCH"))
    for file in sorted(MODULE.iterdir()):
        digest.update(b"\0".join((file.name.encode(), file.read_bytes(), b"")))
    suffix = ".exe" if os.name == "nt" else ""
    return _cache() / "bikube" / f"apiserver-{digest.hexdigest()[:16]}{suffix}"


def build(go: Path) -> Path:
    """The program, which is there when this returns."""
    program = place(go)
    if not program.exists():
        sys.stderr.write("building the API server; once, this takes some minutes\n")
        program.parent.mkdir(parents=True, exist_ok=True)
        unfinished = program.with_name(f"{program.name}.{os.getpid()}")
        _run(go, *_BUILD, str(unfinished), ".")
        unfinished.replace(program)
    return program


def _run(go: Path, *arguments: str) -> bytes:
    environment = {**os.environ, **_ENVIRONMENT}
    command = [str(go), *arguments]
    return subprocess.run(command, cwd=MODULE, env=environment, stdout=-1, check=True).stdout


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


if __name__ == "__main__":
    sys.stdout.write(f"{build(find('go'))}\n")
