"""What is wrong with a host is said by its part; typing errors of login servers are known."""

import pytest

from bikube.azure.login_servers import fault_of, near_ones
from bikube.azure.registries import classify

WORD = "azurecr"


@pytest.mark.parametrize(
    ("host", "part"),
    [
        ("my_registry.azurecr.io", 'character 3 is "_"'),
        ("https://my registry.azurecr.io", "character 11 is a blank"),
        ("contoso..azurecr.io", "a dot has no name before or behind it"),
        (".azurecr.io", "the name of the registry is missing"),
        ("my.registry.azurecr.io", '"my.registry" has a dot, and the name of a registry has none'),
        ("a-.b.azurecr.cn", '"a-" begins or ends with "-"'),
        ("bob@contoso.azurecr.io", '"bob@" is a user'),
        ("contoso.azurecr.io:8443", '":8443" is a port'),
        ("contoso.azurecr.io:latest", '":latest" is a tag'),
        ("contoso.azurecr.io/a/b/", '"/a/b/" is a path'),
        ("contoso.azurecr.io/a:1", '"a:1" is an artifact'),
        ("contoso.azurecr.io@sha256:0a", '"@sha256:0a" is a digest'),
        ("contoso.azurecr.io#a", '"#a" is no part of a host'),
        ("contoso.azurecr.io:443/", '":443/" follows the name'),
        ("contoso.azurecr.io ", "it has a blank around it"),
        ("contoso.azurecr.io.", "it ends in a dot"),
        ("Contoso.AzureCR.io", '"AzureCR.io" has capitals'),
        ("contoso.azurecr.i0", 'it ends in "azurecr.i0"'),
        ("contoso.azurecr", 'it ends in "azurecr"'),
        ("contosoazurecr.io", 'a dot is missing before "azurecr.io"'),
        ("https://http://harbor", '"https://http://" is more than one scheme'),
        ("bob@harbor", '"bob@" is a user'),
        ("2001:db8::1", "an IPv6 address stands in brackets"),
        ("[2001:db8::g]", '"[2001:db8::g]" is no IPv6 address'),
        ("harbor:070", '":070" is no port'),
        ("harbor:65536", '":65536" is no port'),
        ("harbor:", "a port is missing behind the colon"),
        ("harbor/a//b", '"/a//b" is no path'),
        ("harbor/a:1", '"a:1" is an artifact'),
        ("https:/harbor.example.org", '"https:/" is no scheme'),
        ("https//harbor.example.org", '"https//" is no scheme'),
        ("https:harbor.example.org", '"https:" is no scheme'),
        ("//harbor.example.org/", '"//" is no scheme'),
        ("harbor", "it has another form"),
        ("contoso.azurecr.io", "it has another form"),
        ("contoso.azurcr.io/wasm", 'it ends in "azurcr.io"'),
        ("contoso.azurecr.in", 'it ends in "azurecr.in"'),
        ("azurecr.io", "the name of the registry is missing"),
        ("", "a dot has no name before or behind it"),
    ],
)
def test_a_fault_is_said_by_its_part(host: str, part: str) -> None:
    """Which label, character, port or path is wrong, counted in the whole host."""
    assert fault_of(host).part == part


@pytest.mark.parametrize(
    ("bare", "ones"),
    [
        ("contoso.azurecr.com", ("contoso.azurecr.io",)),
        ("contoso.azurecr.i0", ("contoso.azurecr.io",)),
        ("contoso.azurecr.coo", ("contoso.azurecr.io",)),
        ("contoso.azurecr.uss", ("contoso.azurecr.us",)),
        ("contoso.azurecr.in", ("contoso.azurecr.io", "contoso.azurecr.cn")),
        ("contoso.azurecr", ("contoso.azurecr.io",)),
        ("contoso.azurcr.io", ("contoso.azurecr.io",)),
        ("contoso.azzurecr.cn", ("contoso.azurecr.cn",)),
        ("contoso.azurerc.io", ("contoso.azurecr.io",)),
        ("contoso.azurerc.com", ("contoso.azurecr.io",)),
        ("contosoazurecr.io", ("contoso.azurecr.io",)),
        ("azurecr.io", (".azurecr.io",)),
        ("contoso.azurcr.org", ()),
        ("contoso.azurrc.io", ()),
        ("contoso.azure.com", ()),
        ("contoso.acr.io", ()),
        ("azurecr.example.org", ()),
        ("contoso.azurecr.io.example.org", ()),
        ("azurecr", ()),
    ],
)
def test_a_typing_error_is_one_letter_or_the_end(bare: str, ones: tuple[str, ...]) -> None:
    """One letter of "azurecr", or all behind it; what is further away is another host."""
    assert near_ones(bare) == ones


SLIPS = [
    *(WORD[:at] + WORD[at + 1 :] for at in range(len(WORD))),
    *(WORD[:at] + "x" + WORD[at:] for at in range(len(WORD) + 1)),
    *(WORD[:at] + "x" + WORD[at + 1 :] for at in range(len(WORD))),
    *(WORD[:at] + WORD[at + 1] + WORD[at] + WORD[at + 2 :] for at in range(len(WORD) - 1)),
]


@pytest.mark.parametrize("word", SLIPS)
def test_every_slip_of_the_hand_is_known(word: str) -> None:
    """A letter left out, put in, mistaken for another or swapped with the next one."""
    assert classify(f"contoso.{word}.io") == "acr-near"
    assert near_ones(f"contoso.{word}.io") == ("contoso.azurecr.io",)
