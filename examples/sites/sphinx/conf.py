import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

project = "TCP in one lecture"
extensions = ["tcpflow_directive", "myst_parser"]
html_theme_options = {"body_min_width": 0}
