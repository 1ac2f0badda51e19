"""HTML as readable text, as mail programs write it and as nobody should."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.text.html import read

TEXTS = {
    "nothing": ("", ""),
    "plain": ("a", "a"),
    "white space": ("  a \n\t b  ", "a b"),
    "space at the edge of an element": ("a <b> b</b>c<i> </i>d", "a bc d"),
    "entities": ("&lt;z&gt; &amp; &oacute;&#322;&#x142;&nbsp;&euro; &unknown; &#0;", "<z> & ółł € &unknown; \ufffd"),
    "entity without an end": ("a &lt", "a <"),
    "no-break spaces at the ends": ("<p>&nbsp;</p>a<p>&nbsp;</p>", "a"),
    "no-break spaces": ("a&nbsp;&nbsp; b\u00a0", "a   b"),
    "paragraphs": ("<p>a</p><p>b</p>c", "a\n\nb\n\nc"),
    "headings": ("<h1>a</h1>b<h6>c</h6>", "a\n\nb\n\nc"),
    "empty paragraphs": ("<p>a</p><p>&nbsp;</p><p> </p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
    "lines": ("<div>a</div><div>b<div>c</div></div>d", "a\nb\nc\nd"),
    "empty line of Gmail": ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    "empty line of Outlook": ("<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb"),
    "line ends": ("a<br>b<br/>c<br><br><br><br>d", "a\nb\nc\n\nd"),
    "line end at the end of a line": ("<div>a<br></div><div>b</div>", "a\nb"),
    "line ends at the ends": ("<br><p><br>a<br></p><br>", "a"),
    "rule": ("a<hr>b", "a\n---\nb"),
    "list": ("a<ul><li>b</li><li>c</li></ul>d", "a\n\n- b\n- c\n\nd"),
    "list without ends": ("<ul><li>a<li>b", "- a\n- b"),
    "item in paragraphs": ("<ul><li><p>a</p></li><li><br><p>b</p><p>c</p></li></ul>", "- a\n- b\nc"),
    "numbered list": ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", "1. a\n2. b\n\n1. c"),
    "numbers from another": ("<ol start=3><li>a</ol><ol start=x><li>b</ol>", "3. a\n\n1. b"),
    "list in a list": ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n  - b\n2. c"),
    "empty items": ("<ul><li></li><li>a</li><li></ul>b", "- a\n\nb"),
    "item without a list": ("a<li>b", "a\n- b"),
    "ends of lists that never began": ("</ul></ol></li>a", "a"),
    "table": (
        "a<table><tr><th>b</th><th>c</th></tr><tr><td>d</td><td></td><td>e</td></tr></table>f",
        "a\n\nb | c\nd | e\n\nf",
    ),
    "table without ends": ("<table><tr><td>a<td>b<tr><td>c<td>d", "a | b\nc | d"),
    "paragraphs in cells": (
        "<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td><td><p>d</p></td></tr></table>",
        "a | b\nc | d",
    ),
    "spaces around cells": ("<table> <tr> <td> a </td> <td> b </td> </tr> </table>", "a | b"),
    "cell of several lines": ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"),
    "table in a table": (
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>",
        "a | b\n\nc",
    ),
    "cell without a row": ("a<td>b", "a\nb"),
    "link": ("<a href='https://example.org/a?b&amp;c'>d</a>.", "d <https://example.org/a?b&c>."),
    "link over a line end": ("<a href='https://example.org\n/a'><p>b</p></a>c", "b <https://example.org/a>\n\nc"),
    "link that shows its address": ("<a href='HTTP://www.example.org/'>www.Example.org</a>", "www.Example.org"),
    "link with the whole address": (
        "<a href='https://example.org/a'>https://example.org/a</a>",
        "https://example.org/a",
    ),
    "mail": ("<a href='mailto:a@example.org?subject=b'>napisz</a>", "napisz <a@example.org>"),
    "mail that shows its address": ("<a href=mailto:a@example.org>a@example.org</a>", "a@example.org"),
    "phone": ("<a href='tel:+48000'>+48 000</a>", "+48 000"),
    "link to nowhere": ("<a href='#a'>b</a> <a>c</a> <a href>d</a> <a href='javascript:e()'>f</a>", "b c d f"),
    "link without a text": ("a<a href='https://example.org'><img src=x></a> b</a>", "a b"),
    "link on a no-break space": ("a<a href='https://example.org'>&nbsp;</a>b", "a b"),
    "link in a link": (
        "<a href='https://example.org/a'>b<a href='https://example.org/c'>d</a>",
        "b <https://example.org/a>d <https://example.org/c>",
    ),
    "image": ("a <img src=x alt='Logo\nklastra'> <img src=y alt> b", "a Logo klastra b"),
    "quote": ("a<blockquote>b<br>c<blockquote>d</blockquote>e</blockquote>f", "a\n\n> b\n> c\n\n> > d\n\n> e\n\nf"),
    "many quotes": ("<blockquote>" * 12 + "a", "> " * 9 + "a"),
    "many lists": ("<ul>" * 12 + "<li>a", "  " * 9 + "- a"),
    "end of a quote that never began": ("</blockquote>a", "a"),
    "preformatted": ("a<pre>  b\n\n   c <b>d </b>\n</pre>e  f", "a\n\n  b\n\n   c d\n\ne f"),
    "preformatted inside": ("<pre>a<pre>b  c</pre>d  e</pre>f  g", "a\n\nb  c\n\nd  e\n\nf g"),
    "end of preformatted that never began": ("</pre>a  b", "a b"),
    "CR and CR LF": ("<pre>a\r\nb\rc</pre>", "a\nb\nc"),
    "script and style": ("a<script>if (b < c) {'</p>'}</script><style>p {}</style>d", "ad"),
    "script that ends itself": ("a<script src=x/>b</script>c", "ac"),
    "title": ("<title>a <b>b</b></title>c", "c"),
    "title without an end": ("<title>a<body>b", "b"),
    "template": ("a<template><p>b</p></template>c", "ac"),
    "comment": ("a<!-- b > c -->d<!-->e<!--->f<!-- g --!>h", "adefh"),
    "comment without an end": ("a<!-- b", "a"),
    "declaration and instruction": ("<!DOCTYPE html><?xml version='1.0'?>a<!ELEMENT b>c", "ac"),
    "conditions of Outlook": ("<![if !mso]>a<![endif]><!--[if mso]>b<![endif]-->c<![x[ d ]]>e<![", "ace"),
    "Outlook's own elements": ("<o:p>a</o:p><v:shape id=b/>c", "ac"),
    "no tag": ("a < b <3 <anna@example.org> c<", "a < b <3 <anna@example.org> c<"),
    "tag without an end": ("a<b", "a<b"),
    "attribute with a bracket": ("<b title='<x>' id=\"a>b\">c</b>", "c"),
    "attribute twice": ("<a href='https://example.org' href=b>c</a>", "c"),
}


@pytest.mark.parametrize(("html", "expected"), TEXTS.values(), ids=TEXTS)
def test_what_is_read(html: str, expected: str) -> None:
    assert read(html) == expected


HOSTILE = [
    "<a ", "<a '", '<a "', "<a '\"", "<a <a>", "</", "</a", "<a", "<", "<!", "<!--", "<![", "<?", "&", "&#", "&#9",
    "<p", "<p>", "<td>", "<li>", "<ul>", "<ol><li>a", "<pre>\n", "<blockquote>a<br>", "<ul><li>a", "<script>",
    "<title>", "<table><tr><td>a", "<a href=https://example.org>a", "\u00a0", "<br>", "<style></a>",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_html_takes_little_time_and_room(piece: str) -> None:
    begun = time.process_time()
    text = read(piece * (60_000 // len(piece)))
    assert len(text) < 1_000_000
    assert time.process_time() - begun < 5


@given(st.lists(st.sampled_from(HOSTILE) | st.sampled_from(sorted(html for html, _ in TEXTS.values()))).map("".join))
def test_any_html_is_read(html: str) -> None:
    text = read(html)
    assert "\u00a0" not in text
    assert "\n\n\n" not in text
    assert text == "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
