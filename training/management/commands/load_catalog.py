"""Load the exercise catalog from its file."""

from django.core.management.base import BaseCommand, CommandError

from training import catalog


class Command(BaseCommand):
    help = "Load the exercise catalog; what an admin edited stays as it is."

    def handle(self, *, verbosity, **options):
        try:
            entries = catalog.read()
        except catalog.CatalogError as error:
            raise CommandError(str(error)) from None
        loaded = catalog.load(entries)
        for line in loaded.skipped:
            self.stderr.write(line)
        if verbosity:
            done = f"{loaded.added} added, {loaded.updated} updated"
            self.stdout.write(f"Catalog: {len(entries)} exercises, {done}.")
