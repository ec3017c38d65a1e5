"""What a spec is rendered into, one file each; the file's name is the target's."""
