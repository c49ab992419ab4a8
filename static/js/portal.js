/* Puts the focus on the summary of errors where the browser ignored its autofocus. Pages work without it. */
const summary = document.querySelector("[data-focus]");
if (summary && document.activeElement !== summary) summary.focus();

/* What just happened stands on the page when it opens, and so is not read out: say it in a region that is watched already. */
const happened = [...document.querySelectorAll(".pp-note[role=status] > p")].map((words) => words.textContent.trim());
if (happened.length) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.querySelector("main").append(said);
  setTimeout(() => { said.textContent = happened.join(" "); }, 300);
}
