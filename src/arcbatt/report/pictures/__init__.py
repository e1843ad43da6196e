"""Tasks and programs as pictures: SVG, PNG, and a small page of HTML."""
