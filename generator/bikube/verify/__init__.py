"""The proof that Bicep and manifests mean the same, and what their spec asks for.

It stands on its own: the Bicep is evaluated by the real compiler, the YAML read by ``ruamel.yaml``,
and Azure's types applied by ``jsonschema``. Nothing that binds, renders, reads or writes elsewhere
in bikube is used here, so that a mistake there is not repeated.
"""

from bikube.verify.allowed import ALLOWED
from bikube.verify.equality import UNSAID, Absence
from bikube.verify.locating import located
from bikube.verify.manifests import SUFFIXES, read_folder
from bikube.verify.proof import Proof, Tally, file_faults, prove, whole_fault
from bikube.verify.sides import Difference, Side, Sighting
from bikube.verify.wanted import wanted
from bikube.verify.yaml_reader import ReadingFault

__all__ = [
    "ALLOWED",
    "SUFFIXES",
    "UNSAID",
    "Absence",
    "Difference",
    "Proof",
    "ReadingFault",
    "Side",
    "Sighting",
    "Tally",
    "file_faults",
    "located",
    "prove",
    "read_folder",
    "wanted",
    "whole_fault",
]
