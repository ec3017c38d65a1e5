"""What a real API server says of the manifests, with definitions derived from Azure's types."""
