"""A picture of counts has room for all that is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHRASES = ("street", "cameras", "bins", "lamps", "park", "roads", "schools",
           "we were never told about the cameras on the street")  # fmt: skip
pytestmark = NEEDS_CHROMIUM
# every line of text by its place: what stands over another, and what stands out of the picture
WRITTEN = """() => {
  const svg = document.querySelector('svg'), frame = svg.getBoundingClientRect();
  const all = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
  const straight = all.filter(t => !/rotate/.test(t.getAttribute('transform') || ''));
  const boxes = straight.map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) => b.left < frame.left || b.right > frame.right
    || b.top < frame.top || b.bottom > frame.bottom - 8).map(([words]) => words);
  const over = [];
  boxes.forEach(([a, p], n) => boxes.slice(n + 1).forEach(([b, q]) => {
    if (p.left < q.right && q.left < p.right && p.top < q.bottom - 3 && q.top < p.bottom - 3)
      over.push(`${a} / ${b}`);
  }));
  const legend = [...svg.querySelectorAll('.legend text')].map(t => t.textContent);
  return { out, over, legend };
}"""


@pytest.mark.parametrize("small", ["false", "true"], ids=["desktop", "phone"])
@pytest.mark.parametrize("by", ["month", "committee"])
@pytest.mark.parametrize("many", [1, 3, 8])
def test_nothing_in_a_picture_is_cut_or_written_over(
    client: TestClient, browser: Browser, many: int, by: str, small: str
) -> None:
    asked = ",".join(PHRASES[:many])
    scope = "&committee=SCSC&from=2026-06-01&to=2026-07-31"
    picture = client.get(f"/trends.svg?q={asked}&by={by}&small={small}{scope}").text
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(picture[picture.index("<svg") :])
    told = page.evaluate(WRITTEN)
    page.close()

    assert (told["out"], told["over"]) == ([], [])
    named = [f"“{phrase}”" for phrase in PHRASES[:many]] if many > 1 or small == "false" else []
    cut = [
        w for w, n in zip(told["legend"], named, strict=True) if w not in (n, f"{n[: len(w) - 1]}…")
    ]
    assert cut == []
