"""A hundred hostile documents, each with what the press has to say of it: a Reason, or a Pdf where it is only
text that looks like an attack. What the table calls "address" stands for every kind of place to fetch from.
"""

import base64
import io
from dataclasses import dataclass

from PIL import Image

from press.documents import Document, Pdf, Reason
from tests.press.running import letter

PASSWD = "file:///etc/passwd"
NEARBY = "http://127.0.0.1:9/x"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{PASSWD}"/></svg>'.encode()
SVG_ADDRESS = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
JPEG_START = b"\xff\xd8\xff\xe0"
PNG_START = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Hostile:
    """A document, and of what kind the answer is."""

    name: str
    document: Document
    expected: type[Pdf] | Reason


def encoded(format: str, **options: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(content, format, **options)
    return content.getvalue()


def picture(address: str) -> str:
    return f'<p><img src="{address}" alt="x"></p>'


def drawing(inside: str) -> str:
    return f"<p><svg><title>x</title>{inside}</svg></p>"


def css(rule: str) -> str:
    return f"<style>{rule}</style>"


def asset(content: bytes) -> dict[str, bytes]:
    return {"x": content}


TEMPLATES = [
    "{{ settings.SECRET_KEY }}",
    "{{partner.{{name}}}}",
    "{{ ''.__class__.__mro__ }}",
    "{% include '/etc/passwd' %}",
    "${7*7} #{7*7} @{7*7}",
    "&lt;%= File.read('/etc/passwd') %&gt;",
    "%(password)s {0.__init__.__globals__}",
    "$(cat /etc/passwd) `id` ; cat &lt; /etc/passwd",
]
ADDRESSES = [
    PASSWD,
    "file://localhost/etc/passwd",
    "/etc/passwd",
    "../fonts/public-sans-400.ttf",
    NEARBY,
    "//127.0.0.1:9/x",
    "ftp://127.0.0.1:9/x",
    SVG_ADDRESS,
    " \tFILE:///etc/passwd",
]
ELEMENTS = [
    f'<link rel="stylesheet" href="{PASSWD}">',
    f'<link rel="attachment" href="{PASSWD}">',
    f'<link rel="icon" href="{NEARBY}">',
    f'<object data="{PASSWD}" type="image/png"></object>',
    f'<embed src="{PASSWD}">',
    f'<iframe src="{NEARBY}"></iframe>',
    f'<iframe srcdoc="<img src={PASSWD}>"></iframe>',
    f'<video src="{NEARBY}" poster="{PASSWD}"></video>',
    f'<picture><source srcset="{NEARBY}"><img src="asset:x" alt="x"></picture>',
    f'<input type="image" src="{PASSWD}">',
]
ATTRIBUTES = [
    f'<p style="background: url({PASSWD})">x</p>',
    f'<p style="content: url({NEARBY})">x</p>',
    f'<table background="{NEARBY}"><tr><td>x</td></tr></table>',
    f'<p><img src="asset:x" srcset="{NEARBY} 2x" alt="x"></p>',
    '<p onclick="fetch(1)">x</p>',
    '<p><img src="asset:x" alt="x" onerror="fetch(1)"></p>',
    f'<blockquote cite="{NEARBY}">x</blockquote>',
    f'<p><img src="asset:x" alt="x" longdesc="{PASSWD}"></p>',
    f'<p><a href="https://larkmoor.example/" ping="{NEARBY}">x</a></p>',
    f'<div xml:base="{PASSWD}"><p>x</p></div>',
]
STYLES = [
    f'@import "{PASSWD}";',
    f"p {{ background: url({PASSWD}) }}",
    f"p::before {{ content: url({NEARBY}) }}",
    f"ul {{ list-style-image: url({PASSWD}) }}",
    f"@font-face {{ font-family: x; src: url({PASSWD}) }} p {{ font-family: x }}",
    '@font-face { font-family: x; src: local("DejaVu Sans") } p { font-family: x }',
    f"@page {{ background: url({NEARBY}) }}",
    f"p {{ background: image-set(url({PASSWD}) 1x) }}",
    f"@color-profile device-cmyk {{ src: url({PASSWD}) }}",
]
DRAWINGS = [
    f'<image href="{PASSWD}" width="9" height="9"/>',
    f'<image xlink:href="{NEARBY}" width="9" height="9"/>',
    f'<use href="{PASSWD}#x"/>',
    f'<use xlink:href="{NEARBY}#x"/>',
    "<script>fetch(1)</script>",
    f'<foreignObject><img src="{PASSWD}"></foreignObject>',
    f"<style>@import url({NEARBY});</style>",
    f'<filter id="f"><feImage href="{PASSWD}"/></filter>',
    f'<a href="{PASSWD}"><path d="M0 0h1v1z"/></a>',
    '<path d="M0 0h1v1z" filter="url(#f)"/>',
]
LINKS = [
    f'<a href="{PASSWD}">x</a>',
    '<a href="javascript:fetch(1)">x</a>',
    '<a href=" javascript:fetch(1)">x</a>',
    '<a href="java\nscript:fetch(1)">x</a>',
    '<a href="data:text/html,<script>1</script>">x</a>',
    '<a href="/etc/passwd">x</a>',
    f'<a rel="attachment" href="{PASSWD}">x</a>',
    '<a href="https://larkmoor.example/" download="x">x</a>',
    '<a href="//127.0.0.1:9/x">x</a>',
]
HEADS = [
    f'<meta http-equiv="refresh" content="0; url={NEARBY}">',
    f'<base href="{PASSWD}">',
    f'<link rel="preload" href="{NEARBY}">',
    f"<noscript>{picture(PASSWD)}</noscript>",
    f'<form action="{NEARBY}"><button>x</button></form>',
]
ONLY_TEXT = [
    f'<!DOCTYPE x [<!ENTITY e SYSTEM "{PASSWD}">]><p>&e; &amp;e;</p>',
    f'<?xml-stylesheet href="{PASSWD}"?><p>x</p>',
    f"<!--[if IE]>{picture(PASSWD)}<![endif]--><p>x</p>",
    f"<![CDATA[{PASSWD}]]><p>x</p>",
    f'<p>@import "{PASSWD}"; url({NEARBY}) &lt;img src={PASSWD}&gt;</p>',
]
BYTES = [
    ("an EPS", EPS),
    ("an EPS behind a JPEG's first bytes", JPEG_START + EPS),
    ("an SVG", SVG),
    ("an SVG behind a PNG's first bytes", PNG_START + SVG),
    ("a GIF", encoded("GIF")),
    ("a TIFF", encoded("TIFF")),
    ("a PDF", encoded("PDF")),
    ("a PNG without an end", PNG_START + b"\0\0\0\rIHDR"),
    ("a stylesheet", f'@import "{PASSWD}";'.encode()),
    ("nothing", b""),
]
TEXTS = [
    ("nested tables", "<table><tr><td>" * 20 + "x" + "</td></tr></table>" * 20, Pdf),
    ("right to left", "<p>\u202e\u2066evil\u2069\u202c</p>", Reason.UNKNOWN_CHARACTER),
    ("private use", "<p>\ue000\uf8ff</p>", Reason.UNKNOWN_CHARACTER),
    ("a NUL", "<p>a\0b&#0;</p>", Reason.UNKNOWN_CHARACTER),
    ("half a surrogate, as an entity", "<p>&#xD800;</p>", Reason.UNKNOWN_CHARACTER),
    ("invisible signs", "<p>a\u200b\u200c\u200d\u2060\ufeffb</p>", Pdf),
    ("a fill from elsewhere", drawing(f'<path d="M0 0h1v1z" fill="url({PASSWD}#x)"/>'), Pdf),
    ("a stroke from elsewhere", drawing(f'<path d="M0 0h1v1z" stroke="url({NEARBY}#x)"/>'), Pdf),
    ("a missing image with a path", picture("asset:../../etc/passwd"), Reason.MISSING_ASSET),
    ("MathML", f'<math><mtext href="{PASSWD}">x</mtext></math>', Reason.FORBIDDEN),
]
FIELDS = [
    ("a title that ends", {"title": f"</title>{css('@import url(x)')}"}, Pdf),
    ("a language that ends", {"lang": f'en"><link rel="attachment" href="{PASSWD}"'}, Reason.NOT_ACCESSIBLE),
    ("a color that goes on", {"brand": f"#163d3b; background: url({PASSWD})"}, Reason.FORBIDDEN),
    ("a stylesheet by its path", {"stylesheet": "../../etc/passwd"}, Reason.FORBIDDEN),
    ("a PNG with a hidden chunk", {"assets": asset(encoded("PNG") + SVG)}, Pdf),
]


def _all() -> list[Hostile]:
    bodies = [
        *((f"template {text}", f"<p>{text}</p>", Pdf) for text in TEMPLATES),
        *((f"image {address}", picture(address), Reason.FORBIDDEN) for address in ADDRESSES),
        *((body, body, Reason.FORBIDDEN) for body in [*ELEMENTS, *ATTRIBUTES]),
        *((rule, css(rule), Reason.FORBIDDEN) for rule in STYLES),
        *((inside, drawing(inside), Reason.FORBIDDEN) for inside in DRAWINGS),
        *((link, f"<p>{link}</p>", Reason.FORBIDDEN) for link in LINKS),
        *((head, head, Reason.FORBIDDEN) for head in HEADS),
        *((text, text, Pdf) for text in ONLY_TEXT),
    ]
    shown = picture("asset:x")
    return [
        *(
            Hostile(name, letter(body, assets=asset(encoded("JPEG"))), answer)
            for name, body, answer in bodies
        ),
        *(Hostile(name, letter(shown, assets=asset(content)), Reason.FORBIDDEN) for name, content in BYTES),
        *(Hostile(name, letter(body), answer) for name, body, answer in TEXTS),
        *(Hostile(name, letter("", **fields), answer) for name, fields, answer in FIELDS),
    ]


HOSTILE = _all()
