"""What only Bicep needs: literals, compiler codes, the limits of a template."""
