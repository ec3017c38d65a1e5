"""Forms of proofs, one file each; the file's name is the form's."""
