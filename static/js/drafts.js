/* A letter's draft saves itself: after a pause in typing, and before the page goes. Where it cannot be saved, as after signing
   out, the text stays in this window (sessionStorage) for the same person. Without this script the page's buttons save it. */
const letter = document.querySelector("form[data-keep]");
const PAUSE = 2000, AGAIN_IN = 15000;
const one = (id) => document.getElementById(id);

if (letter) {
  const place = `draft ${letter.dataset.person} ${letter.dataset.keep}`;
  const frame = document.querySelector("iframe.pp-frame");
  let typed = false, stopped = false, failed = false, timer, flight;

  const words = () => JSON.stringify([...new FormData(letter)].filter(([name]) => !/^(csrf|version$)/.test(name)));
  const keepHere = () => sessionStorage.setItem(place, words());
  const note = one("not-saved"), told = note.firstElementChild;
  const tell = (words) => { told.textContent = ""; told.append(words); note.removeAttribute("hidden"); };
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? letter.elements.csrfmiddlewaretoken.value;

  const notSaved = (how, words) => {
    typed = failed = true;
    keepHere();
    one("saved").textContent = "";
    tell(words);
    return how;
  };

  /* Out: "kept", "out" (signed out) or "failed". */
  const send = async () => {
    const body = new FormData(letter);
    body.set("csrfmiddlewaretoken", token());
    typed = false;
    let answer;
    try {
      answer = await fetch(letter.dataset.keep, { method: "POST", body, keepalive: true, redirect: "manual" });
    } catch {
      return notSaved("failed", told.dataset.else);
    }
    if (answer.type === "opaqueredirect") return notSaved("out", one("signed-out").content.cloneNode(true));
    if (answer.status === 409) {
      stopped = true;
      return notSaved("failed", (await answer.json()).words);
    }
    if (!answer.ok) return notSaved("failed", told.dataset.else);
    const { version, words: when } = await answer.json();
    const anew = letter.elements.version.value !== String(version);
    for (const field of document.querySelectorAll("main input[name=version]")) field.value = version;
    one("saved").textContent = when;
    if (failed) tell(told.dataset.again);
    failed = false;
    if (!typed) sessionStorage.removeItem(place);
    if (anew) frame?.contentWindow.location.reload();
    return "kept";
  };

  const keep = () => {
    clearTimeout(timer);
    flight ??= send().then((how) => {
      flight = undefined;
      if (typed && !stopped) later(how === "kept" ? PAUSE : AGAIN_IN);
      return how;
    });
    return flight;
  };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(keep, wait); };

  document.addEventListener("input", ({ target }) => {
    if (target.form !== letter) return;
    typed = true;
    if (!stopped) later(PAUSE);
  });
  document.addEventListener("visibilitychange", () => { if (typed && !stopped) keep(); });
  addEventListener("pagehide", () => {
    if (!typed) return;
    keepHere();
    if (!stopped) keep();
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

  /* What leads away first waits for what was typed, so that it has the version that this makes. */
  let sent = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (sent || form.method !== "post" || !(typed || flight) || stopped) {
      if (form === letter) typed = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    let how = await keep();
    if (how === "kept" && typed) how = await keep();
    if (how === "out" && form === letter) return note.focus();
    sent = true;
    if (form === letter) {
      letter.elements.csrfmiddlewaretoken.value = token();
      typed = false;
    }
    form.requestSubmit(submitter);
    sent = false;
  }, true);

  /* Text of this person from before, where it is not what the draft has now. */
  const before = sessionStorage.getItem(place);
  if (before === words()) sessionStorage.removeItem(place);
  else if (before) {
    one("text-kept").removeAttribute("hidden");
    one("text-kept").addEventListener("click", async ({ target }) => {
      if (!target.value) return;
      if (target.value === "back") {
        for (const [name, value] of JSON.parse(before)) if (letter.elements[name]) letter.elements[name].value = value;
        typed = true;
        if (await keep() !== "kept") return;
      }
      sessionStorage.removeItem(place);
      location.reload();
    });
  }
}
