// Keeps in window.told what live regions say, a line for each change: run by heard.py in the page.
() => {
  window.told = [];
  const watched = (it) => it?.closest?.("[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]");
  new MutationObserver((changes) => {
    const regions = new Set(changes.map((it) => watched(it.target.parentElement ?? it.target) ?? watched(it.target)));
    for (const region of regions) if (region?.textContent.trim()) window.told.push(region.textContent.trim().replace(/\s+/g, " "));
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
