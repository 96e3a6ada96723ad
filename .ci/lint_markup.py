"""Checks CSS, HTML and SVG with placeholders (`$name$`): python3 lint_markup.py FILE..."""

import re
import sys
import xml.etree.ElementTree

import html5lib
import tinycss2


def css_errors(nodes):
    """The errors of rules and declarations, and of those in their braces."""
    for node in nodes:
        if node.type == "error":
            yield f"{node.source_line}:{node.source_column}: {node.message}"
        elif node.type == "declaration":
            yield from css_errors(node.value)
        elif node.type == "at-rule" and node.lower_at_keyword == "media":
            yield from css_errors(tinycss2.parse_rule_list(node.content))
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            yield from css_errors(tinycss2.parse_declaration_list(node.content))


def errors(path, text):
    kind = path.rsplit(".", 1)[-1]
    if kind == "css":
        # The end of the text would close what is open; but other rules follow there.
        rules = tinycss2.parse_stylesheet(text + "\nend {}")
        yield from css_errors(rules)
        if rules[-1].type != "qualified-rule" or tinycss2.serialize(rules[-1].prelude) != "end ":
            yield "end: a brace or a bracket is not closed"
    elif kind == "html":
        parser = html5lib.HTMLParser()
        parser.parse(text)
        for (line, column), code, data in parser.errors:
            yield f"{line}:{column}: {html5lib.constants.E[code] % data}"
    else:
        try:
            xml.etree.ElementTree.fromstring(text)
        except xml.etree.ElementTree.ParseError as error:
            yield str(error)


failed = False
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"\$[A-Za-z]+\$", "", file.read())
    for error in errors(path, text):
        print(f"{path}:{error}", file=sys.stderr)
        failed = True
sys.exit(failed)
