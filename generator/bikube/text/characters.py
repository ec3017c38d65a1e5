"""What is never shown or written as it is: some characters, and commands to those who read along.

The characters control a terminal, break or reorder a line, or show nothing at all, so that a text
would look like another one. The table is fixed: what Python knows of Unicode differs by its
version.
"""

UNSEEN = (
    "\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls, and what ends a line for some readers
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # all that have Unicode's Bidi_Control
    # Default_Ignorable_Code_Point: soft hyphen, joiners, fillers, variation selectors, tags.
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    "\ufff9-\ufffb"  # the signs around an annotation, which may be hidden
    "\ud800-\udfff\ufffe\uffff"  # what is no character in a file
)
"""Ranges for the brackets of a regular expression."""

# The agent of Azure Pipelines obeys "##vso[" wherever it stands in a line, and so do the runner of
# GitHub Actions "##[" (ActionCommand.cs) and that of TeamCity "##teamcity[".
COMMAND = r"(?<=#)#(?=[A-Za-z]*\[)"
"""What has to be written otherwise in a command that a CI runner obeys anywhere in a line."""

# GitHub's runner trims what is blank before it, and obeys only what a line begins with.
LEADING = "::"
"""What begins a command to a CI runner at the start of a line."""
