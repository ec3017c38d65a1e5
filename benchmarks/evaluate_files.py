"""The yardstick of verify: Bicep files, evaluated by one process of the compiler and no more."""

import sys
import tempfile
from pathlib import Path

from bikube.compiler import Compiler, evaluate_text

with (
    tempfile.TemporaryDirectory() as scratch,
    Compiler(Path(sys.argv[1]), 300, Path(scratch)) as compiler,
):
    for file in map(Path, sys.argv[2:]):
        evaluated = evaluate_text(compiler, file.name, file.read_bytes(), Path(scratch))
        if evaluated.faults:
            sys.exit(f"{file}: {evaluated.faults}")
