"""The standard letter, on which speed is measured: logo, signature, embedded fonts, a QR code, one page."""

import io

from PIL import Image, ImageDraw

from letters.qr import qr_path
from press.documents import Document
from press.images import flatten

BODY = """
<p>Your counselors have brought grief groups and one-to-one counseling to our students since
<strong>October 2024</strong>. Thank you: we see it every week.</p>
<p>Eleven of the fourteen students who began in your groups last year came to school more often afterwards.
There is more to do: 61 of our 612 students lost somebody close in the last two years.</p>
<p>You play a part here that nobody else can. At our table you now also find the Larkmoor Public Library, the
Tannery Clinic and the Harbor Boxing Club.</p>
<p>Could we meet for 30 minutes to plan next year, with someone who may sign, on <strong>December 8</strong>
or <strong>December 10</strong>?</p>
<ul><li>You would have your say in what we decide.</li>
<li>You would spend less time on work that others already do.</li><li>We thank you in public.</li></ul>
<p>Please answer by <strong>December 4, 2026</strong>: yes, talk to me, or not now. Call 555-0110 or write to
<a href="mailto:imogen.tasker@larkmoor.example">imogen.tasker@larkmoor.example</a>.</p>
<p>Imogen Tasker will call you on December 7 and tell you when the group next meets.</p>
"""


def standard_letter(number: int) -> Document:
    """The letter with this number; each has an addressee, a reference and a code of its own."""
    code = f"7KQM-4TXR-92AB-CDEF-{number:04d}"
    html = f"""
<div class="letterhead"><img src="asset:logo.jpg" alt="Logo of Quillback Middle School"><div class="from">
<p class="school">Quillback Middle School</p><p>Larkmoor School District</p>
<p>40 Tanner Street, Larkmoor, TX 00000 &nbsp; (555) 555-0110</p></div></div>
<div class="meta"><p class="date">November 24, 2026</p>
<p class="reference">Our reference: QMS-2627-{number:03d}</p></div>
<p class="address">Odile Brandt {number}<br>Executive Director<br>Tamarack Youth Counseling<br>
{number} Quarry Lane<br>Larkmoor, TX 00000</p>
<main><h1>Thank you, Tamarack Youth Counseling, and one question</h1><p>Dear Ms. Brandt,</p>{BODY}
<div class="signature"><p>Yours sincerely,</p>
<p class="sign"><img src="asset:signature.jpg" alt="Signature of Dr. Rosalind Oyelaran"></p>
<p>Dr. Rosalind Oyelaran<br>Principal</p><p>cc: Imogen Tasker</p></div></main>
<div class="foot">{_qr(f"https://partners.larkmoor.example/check/{code}/")}
<p>This letter creates no obligation for the district. To check that it is ours, scan the code or enter
<span class="code">{code}</span> at partners.larkmoor.example/check.</p></div>"""
    return Document(html=html, title=f"Letter QMS-2627-{number:03d}", lang="en", assets=ASSETS)


def _qr(text: str) -> str:
    code = qr_path(text)
    size = f'viewBox="0 0 {code.side} {code.side}" width="{code.side}" height="{code.side}"'
    drawn = f'<path d="{code.path}" fill="none" stroke="#000"/>'
    return f"<svg {size}><title>QR code of the check page</title>{drawn}</svg>"


def _drawn(width: int, height: int, strokes: int) -> bytes:
    """A transparent drawing as people upload it, made fit for print."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for step in range(strokes):
        left = step * (width - height // 2) // strokes
        pen.arc((left, height // 8, left + height // 2, height - 9), 90, 360, fill=(22, 61, 59, 255), width=9)
    content = io.BytesIO()
    image.save(content, "PNG")
    return flatten(content.getvalue())


ASSETS = {"logo.jpg": _drawn(600, 600, 4), "signature.jpg": _drawn(1200, 400, 9)}
