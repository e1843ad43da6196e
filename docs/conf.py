"""The documentation site: built by Sphinx from these pages, the commands and the docstrings; see ``make docs``."""

from __future__ import annotations

import sys
from pathlib import Path

import arcbatt

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "arcbatt"
author = "the arcbatt authors"
copyright = author
version = release = arcbatt.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click", "made_pages"]
exclude_patterns = ["_made", "_extensions"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# Links to files beside the pages (README, programs) lead to the repository and not to a page of the site.
suppress_warnings = ["myst.xref_missing"]
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_use_ivar = True
add_module_names = False
nitpicky = False
highlight_language = "text"

html_theme = "furo"
html_title = f"arcbatt {release}"
html_static_path = ["_static"]
html_css_files = ["charts.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"light_css_variables": {"color-brand-primary": "#0b5cad", "color-brand-content": "#0b5cad"}}
