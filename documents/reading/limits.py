"""What a file may cost: sizes, counts, seconds, memory. An officer's report is far below all of them."""

MEGA = 1024 * 1024
FILE = 50 * MEGA
"""Bytes of a file on disk."""
UNPACKED = 200 * MEGA
"""Bytes of everything inside a .docx, .xlsx or .ods, unpacked."""
PART = 100 * MEGA
"""Bytes of one part inside."""
RATIO = 150
"""Unpacked over packed, for parts above a megabyte; Word's own XML packs 10 to 40 times."""
PARTS = 3000
PAGES = 200
LINES = 60_000
CELLS = 300_000
CHARACTERS = 800_000
"""Of text: 200 close pages have 600,000; recognising takes some 2 seconds for 100,000 at worst."""
IN_A_MAIL = 200
IN_A_BOX = 5000
SECONDS = 30
MEMORY = 1024 * MEGA
ANSWER = 64 * MEGA
"""Bytes that the reading process may answer."""
