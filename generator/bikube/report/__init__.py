"""What may be shown of a run, and the formats that show it."""

from bikube.report.run import Context, Run, load_report, path_from, report_names

__all__ = ["Context", "Run", "load_report", "path_from", "report_names"]
