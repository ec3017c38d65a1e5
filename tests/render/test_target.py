"""What the targets say of themselves, and what looking at them costs."""

import subprocess
import sys

from bikube.azure.kind import ARM, CLUSTER
from bikube.render.target import target, target_apis, target_names
from bikube.rules.builtin import builtin_rules


def test_the_targets_are_found_by_their_files() -> None:
    """The file's name is the target's; each says its comment sign and the API that takes it."""
    said = {name: (target(name).comment, target(name).api) for name in target_names()}
    assert said == {"bicep": ("//", ARM), "kubernetes": ("#", CLUSTER)}
    assert target_apis() == {"bicep": ARM, "kubernetes": CLUSTER}


def test_looking_at_targets_imports_nothing_that_renders() -> None:
    """Linting asks them for their versions, and should not wait for templates."""
    script = (
        "import sys; from bikube.render.target import target_apis; target_apis();"
        " print('jinja2' in sys.modules, 'bikube.spec.resources' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "False False\n"


def test_rules_speak_of_targets_that_there_are() -> None:
    """Those that are built in; a rule of a user's own is held to it when it is read."""
    spoken_of = {rule.target for rule in builtin_rules() if rule.target}
    assert spoken_of == {"kubernetes"}
    assert spoken_of <= set(target_names())
