"""Links between pages, and from pages to files."""

import re

import pytest

from tests.docs.pages import ROOT, anchors, pages, without_blocks

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
LINKS = [
    (path, target)
    for path in pages()
    for target in _LINK.findall(without_blocks(path.read_text(encoding="utf-8")))
    if not target.startswith(("http://", "https://", "mailto:"))
]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=lambda one: str(one).removeprefix(f"{ROOT}/"))
def test_a_link_leads_somewhere(page, target):
    name, _, anchor = target.partition("#")
    found = (page.parent / name).resolve() if name else page
    assert found.exists()
    if anchor:
        assert anchor in anchors(found.read_text(encoding="utf-8"))


def test_every_page_of_the_docs_can_be_reached():
    reached = {(page.parent / target.partition("#")[0]).resolve() for page, target in LINKS}
    lost = [path for path in pages() if path.is_relative_to(ROOT / "docs") and path not in reached]
    assert lost == []
