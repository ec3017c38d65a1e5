"""What is from others is as it was taken, and has the notices that it must have."""

import hashlib
import re

from tests.support.prose import ROOT

from bikube.credentials.tokens import FORMS

NOTICES = (ROOT / "THIRD_PARTY_NOTICES").read_text(encoding="utf-8")
SCHEMAS = ROOT / "tests/support/schemas"


def test_notices_have_the_whole_mit_licence() -> None:
    """The text that Azure's type data is under is word by word that of our own licence."""

    def permission(text: str) -> str:
        start = text.index("Permission is hereby granted")
        end = re.search(r"DEALINGS IN THE\s+SOFTWARE", text[start:])
        assert end is not None
        return " ".join(text[start : start + end.end()].split())

    licence = permission((ROOT / "LICENSE").read_text(encoding="utf-8"))
    assert permission(NOTICES) == licence
    assert "Copyright (c) Microsoft Corporation." in NOTICES


def test_notices_have_the_whole_notice_of_oasis() -> None:
    """The notice that every copy of the SARIF schema must have is unabridged."""
    start = NOTICES.index("    Copyright (c) OASIS Open")
    notice = " ".join(NOTICES[start : NOTICES.index("\n\ntests/", start)].split())
    digest = "e7c3831e3123c5b597110d73e86be627a228d2b4b4331c1ec468933baa0a8169"
    assert hashlib.sha256(notice.encode()).hexdigest() == digest


def test_notices_have_the_whole_licence_of_unicode() -> None:
    """The table of widths is derived from its data, and the licence wants to be with it."""
    start = NOTICES.index("    UNICODE LICENSE V3")
    licence = " ".join(NOTICES[start : NOTICES.index("\n\n\n", start)].split())
    digest = "ff07a96ff2f6c7ab9cc0eff6ced21a63f4923f95cb7d3f40ddf01d59aa2699fc"
    assert hashlib.sha256(licence.encode()).hexdigest() == digest


def test_notices_name_who_tells_the_forms_of_credentials() -> None:
    """Each source that is a project's, not an issuer's page."""
    projects = {
        "/".join(form.source.split("/")[:5])
        for form in FORMS
        if form.source.startswith("https://github.com/")
    }
    assert projects == set(
        re.findall(r"^    .* \((https://github\.com/\S+)\)$", NOTICES, re.MULTILINE)
    )


def test_notices_list_vendored_schemas_with_their_checksums() -> None:
    """Each file from others is there as it was taken, and told where it is from."""
    noted = re.findall(r"^    ([0-9a-f]{64})  (\S+)$", NOTICES, re.MULTILINE)
    files = sorted(SCHEMAS.iterdir())
    assert noted == [
        (hashlib.sha256(path.read_bytes()).hexdigest(), str(path.relative_to(ROOT)))
        for path in files
    ]
    assert [path.name for path in files if f"{path.relative_to(ROOT)} is the" not in NOTICES] == []
