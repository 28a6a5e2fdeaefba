"""The directive `tcpflow`: checks a flow and draws it. An error in it ends the build, with file and line."""

import os
import shlex
import subprocess

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

COMMAND = shlex.split(os.environ.get("TCPFLOWC", "tcpflowc"))
log = logging.getLogger(__name__)


class Tcpflow(SphinxDirective):
    has_content = True

    def run(self):
        self.assert_has_content()
        # reStructuredText counts in the file; MyST counts behind the line of the directive.
        source, offset = self.content.items[0]
        above = offset if offset >= self.lineno else self.lineno
        # As a fence of Markdown, on the lines on which the flow stands in its file.
        fence = "\n" * (above - 1) + "~~~~~~tcpflow\n" + "\n".join(self.content) + "\n~~~~~~\n"
        command = [*COMMAND, "markdown", "-", "--stdin-filename", os.path.relpath(source)]
        drawn = subprocess.run(command, input=fence, capture_output=True, encoding="utf-8")
        if drawn.returncode != 0:
            raise ExtensionError(drawn.stderr)
        for warning in drawn.stderr.splitlines():
            log.warning(warning)
        return [nodes.raw("", drawn.stdout.strip(), format="html")]


def setup(app):
    app.add_directive("tcpflow", Tcpflow)
    return {"parallel_read_safe": True}
