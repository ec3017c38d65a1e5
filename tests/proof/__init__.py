"""The proof that generated Bicep and generated manifests mean the same.

It knows the two outputs and nothing of the program that writes them: the Bicep compiler evaluates
one, a YAML reader the other, and a comparator goes through both, resource by resource.
"""
