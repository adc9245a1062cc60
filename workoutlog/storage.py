"""Static files: hashed names, compressed, kept for ever by browsers."""

import re

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js";` in our own js/, and joins what css/app.css imports.

    Django's switch for the former covers every file, and stops at some that packages ship.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
        ),
    )

    def post_process(self, paths, dry_run=False, **options):
        if "css/app.css" in paths and not dry_run:
            # From the sources, for the collected one may be joined already.
            joined = re.sub(
                r'@import "\./(.+)";',
                lambda found: read(paths, f"css/{found[1]}"),
                read(paths, "css/app.css"),
            )
            with open(self.path("css/app.css"), "w") as file:
                file.write(joined)
            paths = paths | {"css/app.css": (self, "css/app.css")}
        yield from super().post_process(paths, dry_run, **options)


def read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
