"""The fetcher that the layout engine gets: it knows bytes in memory, and nothing else."""

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

SCHEME = "asset:"


class AssetFetcher:
    """Answers ``asset:NAME`` from a mapping, and refuses every other address.

    A refusal ends the rendering (the engine would otherwise leave the image out in silence) and is kept in
    ``refused``, since the engine swallows what is raised inside an SVG.
    """

    _fail_on_errors = True

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        self.assets = assets
        self.refused: list[str] = []

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return the bytes that ``url`` names; raises FatalURLFetchingError where there are none."""
        content = self.assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if content is None:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, content)
