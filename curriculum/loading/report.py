"""What a load did, for the person who ran it."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Paths such as `lesson/finding-help@hi`, by what became of them.

    `kept` is what an editor changed, reordered or deleted since; `orphaned`, live pages whose files are gone.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
