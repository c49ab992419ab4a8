/* Puts the focus on the summary of errors where the browser ignored its autofocus. Pages work without it. */
const summary = document.querySelector("[data-focus]");
if (summary && document.activeElement !== summary) summary.focus();

/* What just happened stands on the page when it opens, and so is not read out (an alert is): say it in a region that is watched already. */
const happened = [...document.querySelectorAll(".pp-note[role=status] > p")].map((words) => words.textContent.trim());
if (happened.length) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.querySelector("main").append(said);
  setTimeout(() => { said.textContent = happened.join(" "); }, 300);
}

/* What htmx asked for anew may be another page meanwhile, such as the one to sign in: show that one whole. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr.responseURL;
  const asked = new URL(event.detail.pathInfo.requestPath, location.href);
  if (new URL(answer).pathname === asked.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(answer);
});

/* A page that loads itself anew asks no more: a second answer would load it once more, under its reader's hands. */
let leaving = false;
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => { leaving ||= Boolean(detail.xhr.getResponseHeader("HX-Refresh")); });
document.addEventListener("htmx:beforeRequest", (event) => { if (leaving) event.preventDefault(); });

/* Esc closes the menu that one is in, and leads back to what opened it. */
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest(".pp-phonebar details[open], .pp-do details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* The address of a search names what was asked for alone: it is shared and kept. */
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[role=search], form.pp-filters")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

/* Rows ticked stay ticked while one looks for others. */
const ticked = new Set();
const ticks = () => document.querySelectorAll("#found .pp-tick input");
document.addEventListener("change", ({ target }) => {
  if (target.matches("#found .pp-tick input")) ticked[target.checked ? "add" : "delete"](target.value);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const tick of ticks()) tick.checked = ticked.has(tick.value);
});

/* In a numbered list a number leads to its row: 1, then 1 again, is row 11. Only while one is in the list (WCAG 2.1.4). */
let typed = "";
const row = (list, n) => list.querySelector(`[data-n="${n}"] [type=radio]:checked`) ?? list.querySelector(`[data-n="${n}"] input:not([type=hidden])`);
document.addEventListener("keydown", (event) => {
  const list = event.target.closest("[data-numbered]");
  const ticks = event.target.matches("[type=radio], [type=checkbox]");
  const digit = list && ticks && /^\d$/.test(event.key) && !(event.ctrlKey || event.altKey || event.metaKey);
  typed = digit ? typed + event.key : "";
  if (!digit) return;
  if (!row(list, typed)) typed = event.key;
  row(list, typed)?.focus();
});

/* What was sent is not sent twice by a second tap. It can be again where the page stays, as after a download, or is come back to. */
const AGAIN = 5000;
const free = (form) => {
  form.removeAttribute("aria-busy");
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.ariaBusy) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(free, AGAIN, form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));
