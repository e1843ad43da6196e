"""A live, read-only site over a workspace: :func:`arcbatt.web.server.serve`, behind ``arcbatt serve``.

Needs the extra ``web`` (starlette, uvicorn). ``guard`` decides who may ask, ``watcher`` looks at the store and pushes
what is new, ``live`` and the modules beside it read what there is to push, ``reports`` makes the pages of runs, ``app``
has the addresses, ``server`` the process.
"""
