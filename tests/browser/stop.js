// Where the focus is, and whether one sees it there: run by keys.py in the page. Out: a Stop, or null outside of the page.
() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const look = (one) => { const s = getComputedStyle(one); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow].join(" "); };
  const seen = look(it);
  const ringed = getComputedStyle(it).outlineStyle !== "none" && parseFloat(getComputedStyle(it).outlineWidth) >= 2;
  const before = it.cloneNode(false);
  before.removeAttribute("id"); before.removeAttribute("autofocus"); before.name && before.removeAttribute("name");
  it.after(before);
  const differs = look(before) !== seen;
  before.remove();
  const box = it.getBoundingClientRect();
  const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const free = spots.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (it.contains(top) || top.contains(it) || top.closest("label")?.control === it); });
  it.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length + 1);
  return {
    number: Number(it.dataset.stop),
    name: (it.getAttribute("aria-label") || it.textContent.trim() || it.labels?.[0]?.textContent.trim() || it.id).replace(/\s+/g, " ").slice(0, 60),
    field: it.name || "", what: it.outerHTML.slice(0, 100), seen: ringed && differs, free, x: box.left, y: box.top + scrollY,
    order: [...document.querySelectorAll("*")].indexOf(it),
  };
}
