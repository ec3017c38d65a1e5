"""Resources into files, one target a file."""

from bikube.render.target import target_apis, target_names

__all__ = ["target_apis", "target_names"]
