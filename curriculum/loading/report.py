"""What a load did, for the person who ran it."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Paths such as `lesson/finding-help@hi`, by what became of them."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def merge(self, other: "Report") -> None:
        self.written += other.written
        self.unchanged += other.unchanged
        self.kept += other.kept
