"""The open bundle: everything a workspace holds, in a zip of plain text that any program can read.

Parts, in this order, all UTF-8; every line of a ``.jsonl`` is one JSON object::

    bundle.json            which form it has, which program wrote it, how many records of each
                           kind, and what the workspace remembers about itself (``me``, …)
    README.txt             what all this is, in both languages, for whoever opens the zip
    history.jsonl          the log: actions, each followed by the ops it consists of
    erased.jsonl           people whose traces were erased: id, kind and time, nothing else
    offered.jsonl          what is offered to the team; only where there is a team
    records/<kind>.jsonl   the records as they stand, one a line, by id
    files/<sha256>         what is in files, named by its digest, as it is

A record: ``{"id": …, "gone": true, "contested": [cells], <cell>: <value>, …}``. A cell that says
nothing is left out; a cell of several columns is an object by column; a set is a list; a value of
which one knows what it stands on is ``{"value": …, "as_of": …, "source": …, "sureness": …}``. Ids
are 32 hex digits, days ISO text, moments ISO text with their zone, money whole minor units with its
currency. ``gone`` marks a deleted record that can be restored.

An action: ``{"action": n, "name": "Plan the visit with {who}", "values": {…}, "at": …, "by": id,
"ops": [first, last]}``, and ``undoes`` or ``redoes`` with another action's number. An op:
``{"op": n, "action": n, "at": …, "account": id, "audience": …, "kind": …, "record": id, "verb":
"set", "cells": {…}}``; with a team ``dev``, ``dseq``, ``ctx`` and ``seq`` of ``sync.md`` as well.
Values of kinds and cells this program does not know carry their bytes as ``{"hex": …}``.

The history is the truth, the records are what it amounts to: a bundle in which they differ is
refused. One without ``history.jsonl``, as another program may write it, brings its records only.

The same content gives the same bytes: nothing of the file, the machine, the key or the moment is
in it, the order is that of ids and numbers, all parts have one time and one way of packing.
Drafts and derived rows stay out. A bundle is not encrypted.
"""
