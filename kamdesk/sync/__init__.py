"""Exchange with the team, the desk's side.

``rounds`` does them with a hub, ``running`` in the background, ``folder`` by a shared folder. Each
is a round of the ``engine``: ``steps`` on the file, ``blobs`` for what is in files. ``online`` is
the line, ``wire`` what goes over it. ``joining``, ``leaving``, ``lease`` and ``tokens`` are about
belonging to a team; ``apart``, ``quarantine``, ``told``, ``sharing`` what a user reads and decides.
"""
