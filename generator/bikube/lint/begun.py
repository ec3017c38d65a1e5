"""Says which key was meant where only the beginning of it is written."""

from bikube.diagnostics import Pointer
from bikube.lint.misplaced import Places
from bikube.schema import Violation, completed


def complete(found: list[Violation], places: Places) -> list[Violation]:
    """``found`` with the keys that unknown ones begin, but for those that other maps do have.

    ``places`` are the maps of a key; of its section's, one may be where it belongs. A required
    member that is begun so is no finding of its own.
    """
    lacking = {one.lacking for one in found if one.lacking is not None}
    done = [one if _is_elsewhere(one.pointer, places) else completed(one, lacking) for one in found]
    changed = (one for one, before in zip(done, found, strict=True) if one is not before)
    begun = {(*one.pointer[:-1], one.begun) for one in changed}
    return [one for one in done if one.lacking is None or one.lacking not in begun]


def _is_elsewhere(pointer: Pointer, places: Places) -> bool:
    maps = places.get(str(pointer[-1]), ()) if pointer else ()
    return any(place[:1] == pointer[:1] for place in maps)
