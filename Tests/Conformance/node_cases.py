"""The scenarios of vm.Module that were recorded in Node 24. They are data of Tests/NodeCaseTests, which runs
them in every `make test`; here that suite runs again, and its report is counted."""

import os
import pathlib
import subprocess
import sys
import tempfile


def results(scratch):
    """{name of the scenario: `passed`, `passed in other words` or `failed`}; the tests are built."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report"
        report.touch()
        ended = subprocess.run(
            ["swift", "test", "--configuration", "release", "--scratch-path", scratch, "--skip-build",
             "--filter", "NodeCaseTests"],
            env={**os.environ, "NODE_CASE_REPORT": str(report)}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        lines = report.read_text().splitlines()
    if not lines:
        sys.exit(f"the Node cases did not run:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return dict(line.split("\t") for line in lines)
