"""The forms of well-known credentials, as data: whose they are, how they look, who says so.

Facts are from the issuers' pages, from Microsoft's public patterns of Azure keys, and from the
public rules of gitleaks where an issuer says nothing.
"""

from typing import NamedTuple

_AZURE = (
    "https://github.com/microsoft/security-utilities/blob/main/GeneratedRegexPatterns/"
    "PreciselyClassifiedSecurityKeys.json"
)
_GITLEAKS = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml"
_GITHUB = (
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/"
    "about-authentication-to-github#githubs-token-formats"
)
_AWS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"
_SLACK = "https://docs.slack.dev/authentication/tokens"
_STRIPE = "https://docs.stripe.com/keys"
_BEHIND_AWS = r"[^\n]{0,100}?(?<![A-Za-z0-9/+=])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"
_KEY_44 = r"[A-Za-z0-9/+]{33}"
_END_44 = r"[A-P][A-Za-z0-9/+]{5}=?"


class Form(NamedTuple):
    """A credential's form: the last group of ``pattern`` is what must not be shown.

    Every match holds the character ``rare`` and the text ``piece``. Looking for these first
    costs a few milliseconds on a large spec, the expressions a hundred times that. ``source`` is
    where the form is told.
    """

    issuer: str
    rare: str
    piece: str
    pattern: str
    source: str


# A word of small letters is a name of a page or a variable, so that some tokens need a capital.
FORMS = (
    Form("GitHub", "_", "gh", r"(gh[pousr]_[A-Za-z0-9]{16,})", _GITHUB),
    Form("GitHub", "_", "github_pat_", r"(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{10,})", _GITHUB),
    Form(
        "GitLab",
        "g",
        "gl",
        r"(gl(?:pat|rt|dt|ptt|cbt|ft|imt|soat|oas|agent|ffct)-(?=[a-z_-]{0,60}[A-Z0-9])"
        r"[A-Za-z0-9_-]{16,})",
        "https://docs.gitlab.com/security/tokens/#token-prefixes",
    ),
    Form("GitLab", "R", "GR1348941", r"(GR1348941[A-Za-z0-9_-]{20,})", _GITLEAKS),
    Form(
        "Docker",
        "_",
        "dckr_",
        r"(dckr_(?:pat|oat)_(?=[a-z0-9_-]{0,60}[A-Z])[A-Za-z0-9_-]{16,})",
        "https://docs.docker.com/security/access-tokens/",
    ),
    Form("npm", "_", "npm_", r"(npm_[A-Za-z0-9]{30,})", _GITLEAKS),
    Form("PyPI", "y", "pypi-", r"(pypi-AgE[A-Za-z0-9_-]{16,})", _GITLEAKS),
    Form("Hugging Face", "_", "hf_", r"(hf_(?=[a-z]{0,60}[A-Z])[A-Za-z0-9]{30,})", _GITLEAKS),
    Form("Slack", "x", "xox", r"(xox[abeoprs]-[A-Za-z0-9-]{10,})", _SLACK),
    Form("Slack", "x", "xapp-", r"(xapp-\d-[A-Za-z0-9-]{10,})", _SLACK),
    Form(
        "Slack",
        "/",
        "hooks.slack",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/]{30,})",
        "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
    ),
    Form("Stripe", "_", "k_", r"([sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,})", _STRIPE),
    Form("Stripe", "_", "whsec_", r"(whsec_[A-Za-z0-9+/=]{20,})", _STRIPE),
    Form("SendGrid", "G", "SG.", r"(SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,})", _GITLEAKS),
    Form(
        "OpenAI, Anthropic",
        "k",
        "sk-",
        r"(?<![A-Za-z0-9])(sk-(?=[a-z0-9_-]{0,60}[A-Z])[A-Za-z0-9_-]{32,})",
        _GITLEAKS,
    ),
    Form(
        "HashiCorp", "v", "hv", r"(hv[sbr]\.(?=[a-z_-]{0,60}[A-Z0-9])[A-Za-z0-9_-]{20,})", _GITLEAKS
    ),
    Form("Databricks", "p", "dapi", r"(dapi[0-9a-f]{32}(?:-\d)?)", _AZURE),
    Form("AWS", "K", "AKIA", r"(AKIA[A-Z0-9]{16})", _AWS),
    Form("AWS", "A", "ASIA", r"(ASIA[A-Z0-9]{16})", _AWS),
    # Forty characters alone may be anything; behind "aws", or an id of a key, they are its secret.
    Form("AWS", "w", "aws", "aws" + _BEHIND_AWS, _GITLEAKS),
    Form("AWS", "W", "AWS", "AWS" + _BEHIND_AWS, _GITLEAKS),
    Form("AWS", "K", "AKIA", "AKIA" + _BEHIND_AWS, _GITLEAKS),
    Form("Google", "A", "AIza", r"(AIza[A-Za-z0-9_-]{35})", _GITLEAKS),
    Form(
        "Google",
        "9",
        "ya29.",
        r"(ya29\.[A-Za-z0-9_-]{20,})",
        "https://developers.google.com/identity/protocols/oauth2",
    ),
    Form(
        "JSON Web Token",
        "J",
        "eyJ",
        r"(eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)*=*)",
        "https://www.rfc-editor.org/rfc/rfc7519",
    ),
    Form(
        "Container Registry", "+", "+ACR", r"([A-Za-z0-9/+]{42}\+ACR[A-D][A-Za-z0-9/+]{5})", _AZURE
    ),
    Form("Cache for Redis", "C", "AzCa", rf"({_KEY_44}AzCa{_END_44})", _AZURE),
    Form("AI Search", "z", "AzSe", r"([A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5})", _AZURE),
    Form("Functions", "F", "AzFu", r"([A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw](?:==)?)", _AZURE),
    Form("Event Hubs", "+", "+AEh", rf"({_KEY_44}\+AEh{_END_44})", _AZURE),
    Form("Service Bus", "+", "+ASb", rf"({_KEY_44}\+ASb{_END_44})", _AZURE),
    Form("Relay", "+", "+ARm", rf"({_KEY_44}\+ARm{_END_44})", _AZURE),
    Form("IoT Hub", "T", "AIoT", rf"({_KEY_44}AIoT{_END_44})", _AZURE),
    Form("Event Grid", "Z", "AZEG", rf"({_KEY_44}AZEG{_END_44})", _AZURE),
    Form("DevOps", "Z", "AZDO", r"([A-Za-z0-9]{75,76}AZDO[A-Za-z0-9]{4,5})", _AZURE),
    Form("new keys", "Q", "JQQJ9", r"([A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26,})", _AZURE),
    Form("Microsoft Entra", "~", "Q~", r"([A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34})", _AZURE),
    # Storage, Cosmos DB, Batch, API Management and others: 64 bytes; a digest of npm looks alike.
    Form("Azure", "=", "==", r"==(?<=(?<!sha512-)([A-Za-z0-9/+]{86}==))", _AZURE),
    Form(
        "Azure",
        "=",
        "Key=",
        r"""(?:Account|SharedAccess)Key=(?!<)([^;\s"']+)""",
        "https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string",
    ),
    Form("Azure", "=", "sig=", r"[?&]sig=([A-Za-z0-9%/+=]{16,})", _AZURE),
    Form(
        "SQL Server",
        "=",
        "assword=",
        r"""assword=(?!<|\$[{(\w])([^;\s"']+)""",
        "https://learn.microsoft.com/dotnet/api/system.data.sqlclient.sqlconnection.connectionstring",
    ),
    # From the first dash of a word on, or a line of dashes would be looked through from each.
    Form(
        "kubectl",
        "-",
        "assword ",
        r"""(?<![\w-])--[\w-]*password[ ]+(?![<$-])([^\s"']+)""",
        "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/",
    ),
    Form(
        "docker login",
        "-",
        " login ",
        r"""[ ]login[ ](?:[^\n]{0,200}?[ ])??-p[ =]?(?![<$])([^\s"']+)""",
        "https://docs.docker.com/reference/cli/docker/login/",
    ),
    Form(
        "HTTP",
        "B",
        "Bearer ",
        r"Bearer[ ]+([A-Za-z0-9._~+/-]{16,}=*)",
        "https://www.rfc-editor.org/rfc/rfc6750",
    ),
    Form(
        "HTTP",
        "B",
        "Basic ",
        r"Basic[ ]+([A-Za-z0-9+/]{12,}=*)",
        "https://www.rfc-editor.org/rfc/rfc7617",
    ),
    # A user alone is an address; "$" and "<" begin what stands for a password.
    Form(
        "a URL",
        "@",
        "://",
        r"://([^\s/@:]*:(?![$<{])[^\s/@]+)@",
        "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
    ),
    Form(
        "Docker",
        "{",
        "auths",
        r"""(\{\s*\\?"auths\\?"\s*:[^\n]*)""",
        "https://docs.docker.com/reference/cli/docker/login/#credential-stores",
    ),
    Form(
        "PEM",
        "-",
        "-----BEGIN",
        r"(-----BEGIN[ A-Z]*PRIVATE[ ]KEY(?:[ ]BLOCK)?-----"
        r"(?:[\s\S]*?-----END[ A-Z]*-----|[\s\S]*))",
        "https://www.rfc-editor.org/rfc/rfc7468",
    ),
    # "-----BEGIN " and PRIVATE, or the algorithm that goes before it, in base64.
    Form(
        "PEM",
        "L",
        "LS0tLS1CRUdJTi",
        r"(LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJ|BFQyBQUklW|BPUEVOU1NIIFBSSV|BFTkNSWVBURUQgUFJJ"
        r"|BEU0EgUFJJ|BQR1AgUFJJ)[A-Za-z0-9+/]*(?:\s+[A-Za-z0-9+/]{40,})*=*)",
        "https://www.rfc-editor.org/rfc/rfc7468",
    ),
)
