"""Templates that say their own words: while no other language is there, each is put in when a template is compiled."""

from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

SPOKEN = ("_", "gettext")


class SpokenPlainly(Environment):
    """While `plainly`, compiles `_('…')` as what it says, without looking it up and without a call.

    What comes out is what Jinja's newstyle gettext gives for a text that no catalogue translates, byte for byte: the
    text is safe, the values put into it are escaped, %% is one %. Only texts that stand in the template are treated
    so; one that comes in a variable still goes through gettext. frame.speak_plainly decides, before any template is
    compiled.
    """

    plainly = False

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        return _Plain().visit(parsed) if self.plainly else parsed


class _Plain(NodeTransformer):
    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        spoken = isinstance(node.node, nodes.Name) and node.node.name in SPOKEN
        if not spoken or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const) or not isinstance(text.value, str):
            return node
        line: dict[str, Any] = {"lineno": node.lineno, "environment": node.environment}
        safe = nodes.MarkSafeIfAutoescape(text, **line)
        pairs = [nodes.Pair(nodes.Const(given.key, **line), given.value, **line) for given in node.kwargs]
        return nodes.Mod(safe, nodes.Dict(pairs, **line), **line)
