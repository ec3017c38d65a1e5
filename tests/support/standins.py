"""Programs that stand in for the Bicep CLI, and do what a real one should not."""

import sys
from pathlib import Path

# What every stand-in may use: questions in, answers out.
_HEAD = f"""\
#!{sys.executable}
import json, os, sys, time
def ask():
    length = int(sys.stdin.buffer.readline().split(b":")[1])
    sys.stdin.buffer.readline()
    return json.loads(sys.stdin.buffer.read(length))
def say(text):
    data = text if isinstance(text, bytes) else text.encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
def answer(**parts):
    body = json.dumps({{"jsonrpc": "2.0", **parts}}).encode()
    say(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
"""

HANGS = "time.sleep(600)\n"
CRASHES = "ask()\nsys.stderr.write('no disk left\\n')\nsys.exit(134)\n"
FLOODS = """\
for _ in range(3_000):
    sys.stderr.write("noise " * 200)
sys.stderr.write("the last words")
"""
BABBLES = "ask()\nsay('hello there\\n')\ntime.sleep(600)\n"
MUMBLES = "ask()\nsay(b'Content-Length: 3\\r\\n\\r\\nnot')\ntime.sleep(600)\n"
WRONG_SHAPE = "answer(id=ask()['id'], result=[1])\ntime.sleep(600)\n"
WRONG_ERROR = "answer(id=ask()['id'], error='no')\ntime.sleep(600)\n"
OLD = """\
while True:
    question = ask()
    if question["method"] == "bicep/version":
        answer(id=question["id"], result={"version": "0.20.4"})
    else:
        error = {"code": -32601, "message": "no such method"}
        answer(id=question["id"], error=error)
"""
NO_SNAPSHOT = """\
while True:
    answer(id=ask()["id"], result={"version": "0.49.2", "snapshot": "[]"})
"""
LEAVES_A_CHILD = """\
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(__file__ + ".child", "w") as file:
    file.write(str(child.pid))
time.sleep(600)
"""


def stand_in(folder: Path, body: str) -> Path:
    """A program in ``folder`` that does what ``body`` says."""
    program = folder / "bicep"
    program.write_text(_HEAD + body, encoding="utf-8")
    program.chmod(0o755)
    return program
