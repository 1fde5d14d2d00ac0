"""Makes pages and questions of the files in `curriculum/content/`. Safe to run again: it never
overwrites what an editor changed since, and says so."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.home.models import HomePage
from curriculum.loading.load import load_curriculum
from curriculum.source.reader import CONTENT_DIR, ContentError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder of the bands")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_curriculum(HomePage, content_dir=options["content"])
        except ContentError as error:
            before = f"Loaded: {', '.join(error.loaded)}. Nothing else" if error.loaded else "Nothing"
            raise CommandError(f"{before} was changed.\n{error}") from error
        for path in report.kept:
            self.stdout.write(f"kept, since an editor changed, moved or deleted it: {path}")
        for path in report.orphaned:
            self.stdout.write(f"still shown, though its file is gone: {path}")
        self.stdout.write(
            f"{len(report.written)} written, {len(report.unchanged)} unchanged, {len(report.kept)} kept"
        )
