"""The careful officer (kiểm tra văn bản): what somebody who reads well would say of a paper, before it goes out.

`check` looks at content in its form, `of_file` at a file that was read, `of_draft` at a document of the program.

At the top stands what the rest of the house calls (`careful`, `of_draft`, `batch`, `measuring`), what a finding is, and
the rules' register: `registry` takes them, `subjects` lists them. The rooms, each importing only from those before it:
`papers` makes the one `Paper` that all rules look at; `tables`; `cited`, `layout`, `names`, `said`, `wording`; then
`beside`, `content`, `time`. The order is in pyproject.toml.
"""

from documents.checks.careful import RULES, check, of_file
from documents.checks.finding import Finding, Severity
from documents.checks.registry import Rule

__all__ = ["RULES", "Finding", "Rule", "Severity", "check", "of_file"]
