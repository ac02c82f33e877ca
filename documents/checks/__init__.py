"""The careful officer (kiểm tra văn bản): what somebody who reads well would say of a paper, before it goes out.

`check` looks at content in its form, `of_file` at a file that was read, `of_draft` at a document of the program.
"""

from documents.checks.careful import RULES, check, of_file
from documents.checks.finding import Finding, Severity
from documents.checks.registry import Rule

__all__ = ["RULES", "Finding", "Rule", "Severity", "check", "of_file"]
