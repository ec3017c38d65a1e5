"""Files come out of a .NET program in one file as they were put in, or an error says why not."""

import pytest
from scripts.schemas.bundle import SIGNATURE, open_bundle
from scripts.schemas.errors import Unusable
from tests.scripts.bundles import program

NO_PROGRAM = "it is no .NET program in one file, as the Bicep CLI is; name another one"
CUT_OFF = "its list of files is incomplete; the program is cut off, or no longer as it was made"
FILES = {"a.dll": b"first" * 100, "b.json": b"{}", "empty": b""}


def test_the_signature_is_that_of_dotnet() -> None:
    """The bytes are those by which .NET's own host knows a bundle."""
    assert SIGNATURE.hex() == "8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae"


@pytest.mark.parametrize("compress", [False, True])
def test_files_come_out_as_they_were_put_in(compress: bool) -> None:
    """Every file has its content, compressed or not."""
    bundle = open_bundle(program(FILES, compress=compress))
    assert {name: bundle.read(name) for name in bundle.files} == FILES


def test_a_long_name_has_a_length_of_two_bytes() -> None:
    """A length past 127 takes seven bits of each of its bytes."""
    name = "n" * 300
    short = program({"s": b"x"})
    long = short[:-2] + bytes([300 & 127 | 128, 300 >> 7]) + name.encode()
    assert open_bundle(long).read(name) == b"x"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", NO_PROGRAM),
        (b"#!/bin/sh\n", NO_PROGRAM),
        (SIGNATURE, NO_PROGRAM),
        (bytes(8) + SIGNATURE, NO_PROGRAM),
        (program(FILES, major=2), "it is a bundle of version 2.0; 6 is what can be read"),
        (program(FILES)[:-1], CUT_OFF),
        (program(FILES)[:100], CUT_OFF),
        (b"\xff" * 8 + SIGNATURE, CUT_OFF),
    ],
)
def test_what_is_no_such_program_is_refused(data: bytes, message: str) -> None:
    """Another file, a part of a program, another version: the error says which."""
    with pytest.raises(Unusable) as caught:
        open_bundle(data)
    assert str(caught.value) == message


def test_a_program_that_is_cut_off_anywhere_is_refused() -> None:
    """No beginning of a program passes for one, whichever its length."""
    whole = program(FILES)
    for length in range(len(whole)):
        with pytest.raises(Unusable):
            open_bundle(whole[:length])


def test_a_file_that_is_not_there_is_named() -> None:
    """The error names the file that is looked for."""
    with pytest.raises(Unusable, match=r"^there is no c in it; another program is meant$"):
        open_bundle(program(FILES)).read("c")


def test_a_damaged_file_is_named() -> None:
    """Content that cannot be decompressed, or that is too short, is not given out."""
    data = program({"a.dll": b"first" * 100}, compress=True)
    at = 16 + len(SIGNATURE)
    with pytest.raises(Unusable, match=r"^a\.dll in it cannot be decompressed; "):
        open_bundle(data[:at] + b"\xff" + data[at + 1 :]).read("a.dll")
    bundle = open_bundle(program(FILES))
    short = bundle._replace(data=bundle.data[: bundle.files["a.dll"][0] + 9])
    with pytest.raises(Unusable, match=r"^a\.dll in it has 9 bytes of 500; "):
        short.read("a.dll")
