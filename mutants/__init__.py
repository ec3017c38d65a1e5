"""Small changes to the code, tried one at a time, to see whether a test notices."""
