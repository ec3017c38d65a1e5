"""bikube: one YAML spec, linted, rendered into equal Bicep and Kubernetes manifests."""

__version__ = "0.1.0"
