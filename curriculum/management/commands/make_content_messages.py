"""Writes the curriculum's sentences to `locale/<lang>/curriculum/<module>.po`, keeping all translations."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curriculum.content_messages import make
from curriculum.queries.catalogue import SOURCE_LANGUAGE
from curriculum.source.reader import ContentError, module_folders, read_module


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
        parser.add_argument("languages", nargs="+", choices=codes)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sources = [read_module(folder) for folder in module_folders()]
        except ContentError as error:
            raise CommandError(f"Nothing was written.\n{error}") from error
        for language in options["languages"]:
            for source in sources:
                make(source, language)
            self.stdout.write(f"{language}: {len(sources)} modules")
