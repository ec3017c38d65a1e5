"""Where lines of a text start and end: at LF, CRLF and CR, and nowhere else."""


def line_start(text: str, offset: int, least: int = 0) -> int:
    """Where the line of ``offset`` starts; what is before ``least`` is not looked at."""
    after = text.rfind("\n", least, offset) + 1
    return text.rfind("\r", max(after, least), offset) + 1 or after or least


def line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, before its line end."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    before = text.find("\r", offset, end)
    return end if before < 0 else before


def next_line(text: str, offset: int) -> int:
    """Where the line after that of ``offset`` starts; the end of the text if there is none."""
    end = line_end(text, offset)
    return min(len(text), end + (2 if text.startswith("\r\n", end) else 1))
