"""The program that scripts try: the one PULLQUOTE names, else the release or debug build of this tree."""
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def program():
    """Its path; None where it is not built."""
    named = os.environ.get("PULLQUOTE")
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE / "../../target"))
    built = [target / kind / "pullquote" for kind in ("release", "debug")]
    return named or next((str(path.resolve()) for path in built if path.exists()), None)


def not_run(why):
    """Ends a script that cannot show anything here; that is no failure."""
    print(f"{pathlib.Path(sys.argv[0]).stem}: not run: {why}")
    sys.exit(0)
