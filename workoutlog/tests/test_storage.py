"""Static files get hashed names, also where our scripts import each other."""

import json
import re

import pytest
from django.core.management import call_command

STATIC_FILES = {
    "js/app.js": 'import "./rest-timer.js";\nimport { wait } from "./parts/wait.js";\nwait();\n',
    "js/rest-timer.js": 'export { wait } from "./parts/wait.js";\n',
    "js/parts/wait.js": "export const wait = () => {};\n",
    "vendor/theirs.js": 'import "./a-file-that-is-not-there.js";\n',
    "css/app.css": '@import "./tokens.css";\n@import "./base.css";\n',
    "css/tokens.css": ":root { --ink: black }\n",
    "css/base.css": "body { color: black }\n" * 99,
}


@pytest.fixture
def collected(tmp_path, settings):
    for name, text in STATIC_FILES.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "workoutlog.storage.StaticStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_imports_in_our_scripts_name_hashed_files(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for name in ("js/app.js", "js/rest-timer.js"):
        script = collected / names[name]
        imports = re.findall(r'["\'](\./[^"\']+)["\']', script.read_text())
        assert imports
        for imported in imports:
            assert re.search(r"\.[0-9a-f]{12}\.js$", imported)
            assert (script.parent / imported).is_file()


def test_other_peoples_scripts_are_left_as_they_are(collected):
    assert "./a-file-that-is-not-there.js" in (collected / "vendor/theirs.js").read_text()


def test_the_style_sheets_are_one_also_when_collected_again(collected, tmp_path):
    tokens = tmp_path / "sources" / "css" / "tokens.css"
    for _ in range(2):
        call_command("collectstatic", interactive=False, verbosity=0)
        names = json.loads((collected / "staticfiles.json").read_text())["paths"]
        joined = (collected / names["css/app.css"]).read_text()
        assert joined.split() == (tokens.read_text() + STATIC_FILES["css/base.css"]).split()
        tokens.write_text(":root { --ink: black; --paper: white }\n")


def test_files_are_compressed(collected):
    assert list(collected.glob("css/base.*.css.gz"))
    assert list(collected.glob("css/base.*.css.br"))
