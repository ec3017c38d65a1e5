"""Says of keys that name what bikube does not write why there is no section for it."""

from bikube.azure import kind_sections
from bikube.azure.history import when
from bikube.azure.unwritten import Unwritten, instance_properties, unwritten
from bikube.schema import Violation
from bikube.text import shorten

_INSTANCES = "instances"


def explain_unwritten(violation: Violation) -> Violation:
    """The unknown key ``violation`` with the reason, if it names a section, or is part of one."""
    match violation.pointer:
        case (str(name),) if name.lower() == _INSTANCES:
            message = (
                f'"{name}" is no section; a spec is about one instance, and names it at "instance";'
                " write a spec for each"
            )
            return violation._replace(rule="unknown-section", message=message, repair=None)
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
        return _explained(violation, name, found)
    if len(violation.pointer) > 1:
        return violation
    message = violation.message.replace("unknown key", "unknown section", 1)
    return violation._replace(rule="unknown-section", message=message)


def _explained(violation: Violation, name: str, found: Unwritten) -> Violation:
    called = f'"{shorten(name)}"'
    if found.read_only:
        below = f' for the entries of "{found.parent}"' if found.parent in kind_sections() else ""
        message = (
            f"{called} is read-only in Azure; AIO itself makes such resources{below}, and there is"
            " nothing of them to write; comment it out"
        )
        return violation._replace(rule="read-only-section", message=message, repair=None)
    message = (
        f"bikube has no section for {called} yet; Azure has the type {when(found.versions)};"
        ' comment it out, or begin it with "x-"'
    )
    return violation._replace(rule="unknown-section", message=message, repair=None)
