"""What editors run on a spec, as a program that tests talk to."""
