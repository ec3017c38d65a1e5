"""Says of keys that name what bikube does not write why there is no section for it."""

from typing import NamedTuple

from bikube.azure import kind_sections, versions_with
from bikube.azure.history import when
from bikube.azure.unwritten import INSTANCES, Unwritten, instance_properties, unwritten
from bikube.diagnostics import EngineRule
from bikube.schema import Violation
from bikube.text import shorten

_INSTANCES = "instances"


class Reason(NamedTuple):
    """Why a spec has no section for what Azure has: the rule that finds one, and it in words.

    ``type`` is the resource type in Azure, and ``versions`` are those that have it, oldest first.
    ``advice`` is what to do about such a section.
    """

    rule: EngineRule
    type: str
    versions: tuple[str, ...]
    text: str
    advice: str


def no_section(name: str) -> Reason | None:
    """Why there is no section ``name``, if that means what Azure has and a spec does not write."""
    if name.lower() in (_INSTANCES, "instance"):
        return _of_instances(name)
    found = unwritten(name)
    return _reason(name, found) if found is not None else None


def explain_unwritten(violation: Violation) -> Violation:
    """The unknown key ``violation`` with the reason, if it names a section, or is part of one."""
    match violation.pointer:
        case (str(name),) if name.lower() == _INSTANCES:
            return _explained(violation, _of_instances(name))
        case ("instance", str(name)) if name in instance_properties():
            message = (
                f'"{name}" is a property of the instance; a spec only names the instance, which'
                " stays as it is in Azure; comment it out"
            )
            return violation._replace(message=message, repair=None)
        case (str(name),) | ("existing", str(name)) | ("targets", _, "apiVersions", str(name)):
            found = unwritten(name)
        case (str(section), int(), str(name)):
            found = unwritten(name)
            if found is not None and found.parent != section:
                return violation
        case _:
            return violation
    if found is not None:
        return _explained(violation, _reason(name, found))
    if len(violation.pointer) > 1:
        return violation
    message = violation.message.replace("unknown key", "unknown section", 1)
    return violation._replace(rule="unknown-section", message=message)


def _of_instances(name: str) -> Reason:
    text = f'"{name}" is no section; a spec is about one instance, and names it at "instance"'
    versions = versions_with(INSTANCES)
    return Reason("unknown-section", INSTANCES, versions, text, "write a spec for each")


def _explained(violation: Violation, reason: Reason) -> Violation:
    message = f"{reason.text}; {reason.advice}"
    return violation._replace(rule=reason.rule, message=message, repair=None)


def _reason(name: str, found: Unwritten) -> Reason:
    called = f'"{shorten(name)}"'
    if found.read_only:
        below = f' for the entries of "{found.parent}"' if found.parent in kind_sections() else ""
        text = (
            f"{called} is read-only in Azure; AIO itself makes such resources{below}, and there is"
            " nothing of them to write"
        )
        return Reason("read-only-section", found.type, found.versions, text, "comment it out")
    text = f"bikube has no section for {called} yet; Azure has the type {when(found.versions)}"
    advice = 'comment it out, or begin it with "x-"'
    return Reason("unknown-section", found.type, found.versions, text, advice)
