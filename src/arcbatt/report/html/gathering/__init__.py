"""What a page shows, gathered from a store and from tasks: :func:`gather_report`, :func:`gather_workspace`.

Each kind of job has its module that finds what the store has of it: ``ran`` (of ``run``), ``answered`` (of ``solve``),
``evolved`` (of ``evolve``), ``kept`` (of no run). ``evaluated`` runs the best programs again; the other modules make
parts of the page's data out of that.
"""

from arcbatt.report.html.gathering.gather import gather_report, gather_workspace, newest_with_results

__all__ = ["gather_report", "gather_workspace", "newest_with_results"]
