"""Draws the `tcpflow` fences of every page. An error in a flow ends the build, with file and line."""

import logging
import os
import shlex
import subprocess

from mkdocs.exceptions import PluginError

COMMAND = shlex.split(os.environ.get("TCPFLOWC", "tcpflowc"))
log = logging.getLogger("mkdocs.hooks.tcpflow")


def on_page_read_source(page, config):
    path = page.file.abs_src_path
    with open(path, encoding="utf-8") as file:
        if "tcpflow" not in file.read():
            return None
    drawn = subprocess.run([*COMMAND, "markdown", os.path.relpath(path)], capture_output=True, encoding="utf-8")
    if drawn.returncode != 0:
        raise PluginError(drawn.stderr)
    for warning in drawn.stderr.splitlines():
        log.warning(warning)
    return drawn.stdout
