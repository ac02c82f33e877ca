"""Reading papers in (nhận văn bản): files from outside become text with places, text becomes fields with doubt.

`files` opens a hostile file in a process of its own; `recognising` finds the fields of Nghị định 30/2020/NĐ-CP in
what came back. Nothing here changes a file, touches the database or guesses silently.

At the top stands what the rest of the house calls, and what every room rests on (`model`, `folding`, `flow`). The
rooms, each importing only from those before it: `formats`; `names`, `days`; `cited`, `parts`; `tables`, `figures`;
`events`; `indicators`; then, after `incoming` … `proposing`, `filled` and `measuring`. The order is in pyproject.toml.
"""
