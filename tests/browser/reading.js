// What of a page cannot be read: run by test_zoom.py in the page. Out: a list of words, each a fault.
() => {
  const faults = [];
  const root = document.documentElement;
  const told = (it) => it.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const style = (it) => getComputedStyle(it);
  const up = (it, is) => { for (let at = it; at; at = at.parentElement) if (is(at)) return at; return null; };
  const hidden = (it) => up(it, (at) => at.matches(".visually-hidden, .pp-skip, svg, option") || style(at).clipPath !== "none");
  const floats = (it) => up(it, (at) => ["fixed", "sticky"].includes(style(at).position));
  const scrolls = (it) => up(it, (at) => at !== root && at !== document.body && ["auto", "scroll"].includes(style(at).overflowX));
  const shown = (it) => it.checkVisibility({ visibilityProperty: true }) && !hidden(it);

  if (root.scrollWidth > root.clientWidth) faults.push(`the page runs ${root.scrollWidth - root.clientWidth} pixels off the side`);

  const bar = document.querySelector(".pp-bottom");
  if (bar && style(bar).position === "fixed" && bar.offsetHeight > parseFloat(style(document.body).paddingBottom)) faults.push("the bar lies over the end of the page");
  if (bar && style(bar).position === "fixed" && bar.offsetHeight > innerHeight / 4) faults.push("the bar takes more than a quarter of the screen");

  const all = [...document.body.querySelectorAll("*")].filter(shown);
  for (const it of all) {
    const { overflowX, overflowY, textOverflow, whiteSpace } = style(it);
    if (it.matches("input, select, textarea, progress, iframe, img")) continue;
    if (textOverflow === "ellipsis") faults.push(`cut by an ellipsis: ${told(it)}`);
    if (["hidden", "clip"].includes(overflowX) && it.scrollWidth > it.clientWidth + 1) faults.push(`cut at its side: ${told(it)}`);
    if (["hidden", "clip"].includes(overflowY) && it.scrollHeight > it.clientHeight + 1) faults.push(`cut at its end: ${told(it)}`);
  }

  const lines = [];
  for (const it of all) {
    for (const node of it.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1) lines.push({ it, box, floats: floats(it) });
    }
  }
  for (const { it, box } of lines) {
    const block = up(it, (at) => style(at).display !== "inline" && style(at).display !== "contents");
    const around = block.getBoundingClientRect();
    if (!scrolls(it) && (box.right > root.clientWidth + 1 || box.left < -1)) faults.push(`out of the screen: ${told(it)}`);
    else if (box.right > around.right + 2 || box.left < around.left - 2) faults.push(`runs over its box: ${told(it)}`);
  }
  const inner = (box) => ({ left: box.left + 1, right: box.right - 1, top: box.top + box.height * .25, bottom: box.bottom - box.height * .25 });
  const boxes = lines.filter((line) => !line.floats).map((line) => ({ ...line, box: inner(line.box) })).sort((a, b) => a.box.top - b.box.top);
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].box.top < one.box.bottom; next += 1) {
      const two = boxes[next];
      if (one.it !== two.it && one.box.left < two.box.right && two.box.left < one.box.right) faults.push(`${told(one.it)} lies over ${told(two.it)}`);
    }
  });
  return [...new Set(faults)];
}
