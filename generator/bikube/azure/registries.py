"""Which container registry a host belongs to, decided once for every rule.

Host forms are from the registries' own documentation: ACR login servers and their domain name
label suffix, ECR's account and region form, Artifact Registry's ``-docker.pkg.dev``.
"""

import re

ACR = "acr"
ACR_DATA = "acr-data"
ACR_NEAR = "acr-near"
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
    "ecr-public.aws.com": "ecr-public",
    "quay.io": "quay",
    "gcr.io": "gcr",
}
_ACR_DATA = r"[^.]+\.[^.]+\.data\.azurecr\.[a-z]+"
_ACR_CLOUDS = (".azurecr.io", ".azurecr.us", ".azurecr.cn")
_ACR_AND_MORE = (
    r"\s*(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?[^/@:?#]*\.azurecr\.(?:io|us|cn)\.?(?![\w.-])"
)
"""A login server of ACR, whatever stands behind it or is put before it."""
_ENDINGS = (
    (".gcr.io", r"(us|eu|asia)\.gcr\.io", "gcr"),
    ("-docker.pkg.dev", r"[a-z0-9-]+-docker\.pkg\.dev", "gar"),
    (".amazonaws.com", r"\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com", "ecr"),
    (".on.aws", r"\d{12}\.dkr-ecr(-fips)?\.[a-z0-9-]+\.on\.aws", "ecr"),
    (".amazonaws.com.cn", r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\.cn", "ecr"),
)
_OTHERS = tuple(ending for ending, *_ in _ENDINGS)
_HUB_SIGN_IN = "index.docker.io/v1"
"""Under this Docker keeps what it signs in to Docker Hub with."""
_SCHEME = r"[a-z][a-z0-9+.-]*://"

NAMES = frozenset(
    {*_EXACT.values(), *(name for *_, name in _ENDINGS), ACR, ACR_DATA, ACR_NEAR, UNKNOWN}
)


def bare_host(host: str) -> str:
    """``host`` in lower case without scheme, path and port."""
    bare = host.lower()
    if "/" in bare:
        bare = re.sub(_SCHEME, "", bare, count=1).partition("/")[0]
    return bare.partition(":")[0] if ":" in bare else bare


def classify(host: str) -> str:
    """The registry that ``host`` is of: one of ``NAMES``.

    A scheme, a path, a port and capitals do not change the answer, and neither does what else is
    put before or behind the login server of an ACR. ``ACR_NEAR`` are typing errors of one.
    """
    bare = bare_host(host)
    exact = _EXACT.get(bare)
    if exact is not None:
        return "docker-hub-website" if _HUB_SIGN_IN in host.lower() else exact
    if bare.endswith(_ACR_CLOUDS):
        return ACR_DATA if ".data." in bare and re.fullmatch(_ACR_DATA, bare) else ACR
    if ".azurecr." in bare and re.match(_ACR_AND_MORE, host.lower()):
        return ACR
    for ending, pattern, name in _ENDINGS if bare.endswith(_OTHERS) else ():
        if bare.endswith(ending) and re.fullmatch(pattern, bare):
            return name
    # One slip of the hand leaves a half of "azurecr" as it is.
    if not ("azu" in bare or "ecr" in bare):
        return UNKNOWN
    # Imported here because few hosts look like a login server of ACR, and are none.
    from bikube.azure.login_servers import near_ones

    return ACR_NEAR if near_ones(bare) else UNKNOWN
