/* Puts the focus on the summary of errors where the browser ignored its autofocus. Pages work without it. */
const summary = document.querySelector("[data-focus]");
if (summary && document.activeElement !== summary) summary.focus();
