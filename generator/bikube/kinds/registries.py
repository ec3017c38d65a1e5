"""Which container registry a host belongs to, decided once for every rule.

Host forms are from the registries' own documentation: ACR login servers and their domain name
label suffix, ECR's account and region form, Artifact Registry's ``-docker.pkg.dev``.
"""

import re
from functools import lru_cache

ACR = "acr"
UNKNOWN = "unknown"

_EXACT = {
    "mcr.microsoft.com": "mcr",
    "mcr.azure.cn": "mcr",
    "docker.io": "docker-hub",
    "index.docker.io": "docker-hub",
    "registry-1.docker.io": "docker-hub",
    "hub.docker.com": "docker-hub-website",
    "registry.hub.docker.com": "docker-hub-website",
    "ghcr.io": "ghcr",
    "public.ecr.aws": "ecr-public",
    "quay.io": "quay",
    "gcr.io": "gcr",
}
_ENDINGS = (
    (re.compile(r".+\.data\.azurecr\.(io|us|cn)"), "acr-data"),
    (re.compile(r".*\.azurecr\.(io|us|cn)"), ACR),
    (re.compile(r"(us|eu|asia|marketplace)\.gcr\.io"), "gcr"),
    (re.compile(r"[a-z0-9-]+-docker\.pkg\.dev"), "gar"),
    (re.compile(r"\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?"), "ecr"),
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://")

NAMES = frozenset({*_EXACT.values(), *(name for _, name in _ENDINGS), UNKNOWN})


def bare_host(host: str) -> str:
    """``host`` in lower case without scheme, path and port."""
    bare = _SCHEME.sub("", host.lower(), count=1)
    return bare.split("/", 1)[0].split(":", 1)[0]


@lru_cache(maxsize=4096)
def classify(host: str) -> str:
    """The registry that ``host`` is of: one of ``NAMES``.

    A scheme, a path, a port and capitals do not change the answer.
    """
    bare = bare_host(host)
    exact = _EXACT.get(bare)
    if exact is not None:
        return exact
    if bare.endswith((".io", ".us", ".cn", ".dev", ".com")):
        for pattern, name in _ENDINGS:
            if pattern.fullmatch(bare):
                return name
    return UNKNOWN
