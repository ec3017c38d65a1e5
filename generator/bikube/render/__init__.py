"""Resources into files, one target a file."""

from bikube.render.target import target, target_apis, target_names

__all__ = ["target", "target_apis", "target_names"]
