"""Exchange with the team, the desk's side.

``rounds`` exchanges with a hub, ``running`` does so in the background, ``folder`` by a shared
folder. Each is a round of the ``engine``: ``steps`` on the file, ``reading`` of what the hub says,
``blobs`` for what is in files. ``online`` is the line, ``wire`` what goes over it. ``joining``,
``leaving``, ``lease`` and ``tokens`` are about belonging to a team; ``apart``, ``quarantine``,
``told`` and ``sharing`` what a user reads and decides.
"""
