"""What only Kubernetes manifests need."""
