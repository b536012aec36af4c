"""What is looked for on a page: axe's rules, and what our own checklist adds to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
PHONE, DESK, SMALLEST = 390, 1280, 320
_HEIGHTS = {PHONE: 844, SMALLEST: 700, DESK: 900}

_RULES = """async (only) => {
  const options = {resultTypes: ['violations'], preload: false, ...(only ? {runOnly: {type: 'rule', values: only}} : {})};
  const {violations} = await axe.run(document, options);
  return violations.map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(' | ')}`);
}"""

_CHECKLIST = """() => {
  const found = [], all = (css) => [...document.querySelectorAll(css)].filter(e => e.checkVisibility());
  if (all('h1').length !== 1) found.push(`${all('h1').length} h1`);
  if (!document.documentElement.lang) found.push('no language');
  if (document.title.replace('· Porchlight', '').trim() === '') found.push('no title');
  const filled = all('main .btn.is-main').filter(e => !e.closest('dialog, [data-sample]'));
  if (filled.length > 1) found.push(`${filled.length} filled buttons: ${filled.map(e => e.textContent.trim())}`);
  const targets = 'button, select, summary, textarea, .btn, .nav a, .row-link, .answer, .choice, .check, .segments label,'
    + ' input:not([type=radio], [type=checkbox], [type=hidden])';
  for (const each of all(targets).filter(e => !e.closest('.vh, .skip'))) {
    const box = each.getBoundingClientRect();
    if (box.height && (box.height < 43.5 || box.width < 43.5)) {
      found.push(`target ${each.className || each.name || each.tagName} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
  }
  return found;
}"""

_FITS = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.querySelectorAll('main *, header *')]
    .filter(e => e.getBoundingClientRect().right > page.clientWidth + 1 && e.checkVisibility()).slice(-3);
  return [`${page.scrollWidth} px wide in ${page.clientWidth}: ${wide.map(e => e.tagName + '.' + e.getAttribute('class'))}`];
}"""

_WHOLE_WORDS = """() => {
  const found = [];
  for (const label of document.querySelectorAll('.nav a > span')) {
    const node = label.firstChild, range = document.createRange();
    for (const word of label.textContent.matchAll(/\\S+/g)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) found.push(`broken word: ${word[0]}`);
    }
  }
  return found;
}"""

_LONGER = """() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (!walk.currentNode.parentElement.closest('script, svg, .mono, code, time, textarea, option')) {
      walk.currentNode.data = walk.currentNode.data.replace(/\\p{L}{4,12}/gu, word => word + 'ñ'.repeat(Math.ceil(word.length / 3)));
    }
  }
}"""
"""Every word a third longer, as Spanish is."""

_FILLED = """([at, value]) => {
  const form = [...document.querySelectorAll('main form[method=post i]')][at], sent = new URLSearchParams();
  for (const each of form.elements) {
    if (!each.name || each.disabled || ['submit', 'button', 'file', 'checkbox', 'radio'].includes(each.type)) continue;
    sent.append(each.name, each.type === 'hidden' || each.readOnly ? each.value : value);
  }
  const send = [...form.elements].find(each => each.type === 'submit' && each.name && !/remove/.test(each.name));
  if (send) sent.append(send.name, send.value);
  const to = new URL(form.getAttribute('action') || location.href, location.href);
  return [to.pathname + to.search, sent.toString()];
}"""

_FORMS = """() => [...document.querySelectorAll('main form[method=post i]')].map((form, at) => [form, at])
  .filter(([form]) => [...form.elements].some(e => e.matches('input:not([type=hidden], [type=submit]), textarea, select')
    && !e.readOnly)).map(([_, at]) => at)"""


def size(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": _HEIGHTS[width]})


def look(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands, in both sizes and both schemes.

    All rules run on a phone and on a desk in light; in the dark those of color, for nothing else depends on it.
    """
    found: list[str] = []
    page.emulate_media(color_scheme="light")
    size(page, PHONE)
    found += _said("390", page.evaluate(_RULES, None) + page.evaluate(_CHECKLIST) + page.evaluate(_FITS))
    page.emulate_media(color_scheme="dark")
    found += _said("390 dark", page.evaluate(_RULES, ["color-contrast"]))
    size(page, DESK)
    found += _said("1280 dark", page.evaluate(_RULES, ["color-contrast"]))
    page.emulate_media(color_scheme="light")
    found += _said("1280", page.evaluate(_RULES, None) + page.evaluate(_FITS))
    return found


def glance(page: Page) -> list[str]:
    """All rules on a phone in light alone."""
    page.emulate_media(color_scheme="light")
    size(page, PHONE)
    return _said("390", page.evaluate(_RULES, None) + page.evaluate(_CHECKLIST) + page.evaluate(_FITS))


def stretch(page: Page) -> list[str]:
    """What breaks at 320 px, with text twice as large, and with words a third longer. Changes the page: look first."""
    size(page, SMALLEST)
    found = _said("320", page.evaluate(_FITS))
    page.evaluate(_LONGER)
    found += _said("320, long words", page.evaluate(_FITS))
    size(page, PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += _said("390, text at 200 %", page.evaluate(_FITS) + page.evaluate(_WHOLE_WORDS))
    return found


def forms(page: Page) -> list[int]:
    """The forms of the page's content in which something is entered, by their place among all posting ones."""
    return page.evaluate(_FORMS)


def filled_with(page: Page, at: int, value: str) -> tuple[str, bytes]:
    """Where a form goes and what it sends, with the same value typed into every field and nothing ticked."""
    path, body = page.evaluate(_FILLED, [at, value])
    return path, body.encode()


def _said(where: str, lines: list[Any]) -> list[str]:
    return [f"{where}: {line}" for line in lines]
