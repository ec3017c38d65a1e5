"""Speaks with the API server, as ``kubectl`` does, but many times in one process."""

import json
import subprocess
import time
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

_DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_OWNER = "fieldManager=bikube-tests&fieldValidation=Strict"
_PATIENCE = 20.0


class Server:
    """One server with definitions of its own."""

    def __init__(self, url: str) -> None:
        """Connect to the server at ``url``."""
        self.url = url
        self._wanted: set[str] = set()
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE)

    def install(self, definitions: Iterable[dict[str, Any]]) -> None:
        """Have the server serve custom resources, which it does a little later."""
        for one in definitions:
            name, spec = one["metadata"]["name"], one["spec"]
            wrong = self._apply(f"{_DEFINITIONS}/{name}?{_OWNER}", json.dumps(one).encode())
            assert not wrong, wrong
            self._wanted |= {f"apis/{spec['group']}/{each['name']}" for each in spec["versions"]}

    def wait(self) -> None:
        """Wait until the server serves all that is installed."""
        end = time.monotonic() + _PATIENCE
        while not self._wanted <= self._get("/openapi/v3")["paths"].keys():
            assert time.monotonic() < end, f"{self._wanted} are not all served"
            time.sleep(0.05)

    def conditions(self) -> dict[str, dict[str, str]]:
        """The conditions of each definition, by their types."""
        return {
            item["metadata"]["name"]: {
                each["type"]: each["status"] for each in item["status"]["conditions"]
            }
            for item in self._get(_DEFINITIONS)["items"]
        }

    def apply(self, manifest: Mapping[str, Any], text: bytes | None = None) -> str:
        """Apply a manifest server-side and strictly, as a dry run: what is wrong with it, if any.

        ``text`` is sent in its place if it has to be written in another way than as JSON.
        """
        place, kind = manifest["metadata"], manifest["kind"].lower()
        plural = f"{kind}es" if kind.endswith("s") else f"{kind}s"
        path = f"/apis/{manifest['apiVersion']}/namespaces/{place['namespace']}/{plural}"
        data = json.dumps(manifest).encode() if text is None else text
        return self._apply(f"{path}/{place['name']}?{_OWNER}&dryRun=All", data)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _apply(self, path: str, manifest: bytes) -> str:
        kind = {"Content-Type": "application/apply-patch+yaml"}
        self._connection.request("PATCH", path, manifest, kind)
        response = self._connection.getresponse()
        said = json.loads(response.read())
        return "" if response.status < 300 else str(said["message"])

    def _get(self, path: str) -> Any:
        self._connection.request("GET", path)
        return json.loads(self._connection.getresponse().read())


class Process:
    """The program, with a server for each of some names; it ends with the ``with``."""

    def __init__(self, program: Path, names: Iterable[str], folder: Path) -> None:
        """Start ``program``, which keeps its objects in ``folder``, and there says what it does."""
        log = folder / "log"
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [program, str(folder / "etcd"), *names],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert self._process.stdout is not None
        ready = self._process.stdout.readline()
        assert ready, log.read_text(encoding="utf-8")
        self.servers = {name: Server(url) for name, url in json.loads(ready).items()}

    def __enter__(self) -> Self:
        """Hand the running program over."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it: it stops when its standard input does."""
        for server in self.servers.values():
            server.close()
        self._process.communicate(timeout=_PATIENCE)
