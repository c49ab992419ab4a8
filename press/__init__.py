"""The press: HTML and its images in, a tagged PDF (PDF/UA-1) out.

It runs as a process of its own (``python -m press``) behind a Unix socket; every app speaks to it through
``press.client``. It knows neither Django nor tables, and is the only package that imports WeasyPrint.
"""
