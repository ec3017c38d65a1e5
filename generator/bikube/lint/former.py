"""Findings about what an older form of a resource has, and Azure writes otherwise."""

from bikube.azure.images import Image, split_image
from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.document.writing import scalar
from bikube.schema import Repair, Violation

_NAME, _VERSION = "imageName", "tagDigestSettings"
_FORM = (
    'write the name at "imageName", the tag or digest in "tagDigestSettings", and a registry in'
    ' "registrySettings"'
)


def name_images(document: Document, found: list[Violation]) -> list[Violation]:
    """``found`` with one finding for the image of a connector that is written in one string.

    Templates of connectors had it until 2025-05: github.com/Azure/iot-operations-sdks/pull/771.
    """
    images = {one.pointer[:-1] for one in found if _is_image(one)}
    if not images:
        return found
    lacking = {one.lacking for one in found if one.lacking is not None}
    gone: set[Pointer] = {(*above, _NAME) for above in images}
    return [
        _said(document, one, (*one.pointer[:-1], _NAME) in lacking) if _is_image(one) else one
        for one in found
        if one.lacking not in gone
    ]


def _is_image(violation: Violation) -> bool:
    if violation.rule != "unknown-key":
        return False
    match violation.pointer:
        case ("akriConnectorTemplates", *_, "imageConfigurationSettings", "image"):
            return True
        case _:
            return False


def _said(document: Document, violation: Violation, is_lacking: bool) -> Violation:
    settings = document.resolve(violation.pointer[:-1])
    became = f'"image" is an old form; it became "{_NAME}" and "{_VERSION}"'
    if not is_lacking:
        message = f'{became}; "{_NAME}" is there already; keep one of the two'
        return violation._replace(message=message, repair=None)
    image = split_image(settings["image"])
    if image is None or _VERSION in settings:
        return violation._replace(rule="required-property", message=f"{became}; {_FORM}")
    members = ((_NAME, image.name), (_VERSION, image.version))
    message = f"{became}; write {_written(image)}"
    repair = Repair("split", safe=False, members=members)
    return violation._replace(rule="required-property", message=message, repair=repair)


def _written(image: Image) -> str:
    # In single quotes, since what to write is in double ones; a reference has neither.
    version = ((key, scalar(value).replace('"', "'")) for key, value in image.version.items())
    members = ", ".join(f"{key}: {value}" for key, value in version)
    return f'"{_NAME}: {scalar(image.name)}" and "{_VERSION}: {{{members}}}"'
