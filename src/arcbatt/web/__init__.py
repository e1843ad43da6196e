"""``arcbatt serve``: live pages over a workspace, read-only, for a browser on this machine.

``live_data`` is what the overview shows and ``live_reading`` finds it in a store; ``watching`` looks for news, in one
thread for the whole server, and hands it to all open pages. ``stored_pages`` makes the pages of runs and comparisons.
``guard`` decides which requests are answered, ``app`` what the answers are, ``serving`` runs it. Starlette and uvicorn
are imported by ``app`` and ``serving`` alone; the extra ``web`` brings them.
"""
