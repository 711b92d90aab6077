// Expects <form data-autosave="URL" data-key="submission-42" data-version="3" [data-conflict="URL of the difference"]>
// and inside it <p class="saved" data-saved role="status">. POSTs the form's fields with If-Match two seconds after a change;
// wants 2xx with the new ETag, or 409/412 when another version was saved. What could not be sent is kept in this browser.
// Without data-version nothing is there yet: once a field that data-begins names has some text it is made, and 201 with its
// address is wanted; from then on the form is the one of that address.
const pause = 2000, retry = 15_000;

// The page that follows a successful submit says which draft is no longer needed: <p data-draft-done="submission-42">.
for (const { dataset } of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(`draft:${dataset.draftDone}`);
for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const line = form.querySelector("[data-saved]");
  let key = `draft:${form.dataset.key}`;
  let version = form.dataset.version, waiting, sending = false, dirty = false, stopped = false;

  const say = (state, text, ...more) => {
    line.dataset.state = state;
    line.replaceChildren(text, ...more);
  };
  const link = (text, href) => Object.assign(document.createElement("a"), { textContent: text, href });
  const button = (text, action) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className: "button button--secondary button--small" });
    made.addEventListener("click", action);
    return made;
  };
  // Secrets, files and the antiforgery token never go into the browser's store.
  const typed = () => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && !name.startsWith("__") && name !== "version" && form.elements[name]?.type !== "password");
  // Files go once, with the form's own button.
  const texts = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    return data;
  };
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify({ version, fields: typed() })); return true; } catch { return false; }
  };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
  const keptWords = (why) => keep() ? `Not saved: ${why}, kept in this browser` : `Not saved: ${why}. Do not close this page`;

  const later = (milliseconds) => { clearTimeout(waiting); waiting = setTimeout(() => save(), milliseconds); };

  // A visit that wrote nothing leaves no draft behind.
  const begun = () => version || (form.dataset.begins ?? "").split(" ").some((name) => (form.elements[name]?.value ?? "").trim().length > 2);

  let running = Promise.resolve();
  function save(leaving = false) {
    if (!sending && !stopped && dirty && begun()) running = send(leaving);
    return running;
  }

  // Before the page is left on purpose: what is unsaved goes first, if the server answers soon.
  form.saveNow = () => Promise.race([save(), new Promise((done) => setTimeout(done, 1500))]);

  async function send(leaving) {
    sending = true;
    dirty = false;
    say("saving", "Saving…");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: texts(), keepalive: leaving, credentials: "same-origin", redirect: "manual",
        headers: { ...(version ? { "If-Match": `"${version}"` } : {}), "X-Requested-With": "XMLHttpRequest" },
      });
      if (answer.ok) saved(answer);
      else if (answer.status === 409 || answer.status === 412) conflict(answer);
      else {
        dirty = true;
        const signedOut = answer.status === 401 || answer.type === "opaqueredirect";
        say("kept", keptWords(signedOut ? "you are signed out" : answer.status === 422 || answer.status === 400 ? "a field needs mending" : `the server answered ${answer.status}`));
        if (answer.status >= 500 || answer.status === 429) later(retry);
      }
    } catch {
      dirty = true;
      say("kept", keptWords("no connection"));
      later(retry);
    } finally {
      sending = false;
      if (dirty && line.dataset.state === "saved") later(pause);
    }
  }

  function settle(address) {
    forget();
    const number = address.match(/\d+/)[0];
    key = `draft:${form.dataset.key.replace("new", number)}`;
    Object.assign(form.dataset, { autosave: `${address}?handler=Draft`, conflict: address, key: form.dataset.key.replace("new", number) });
    form.action = address;
    history.replaceState(history.state, "", address);
  }

  function saved(answer) {
    if (answer.status === 201) settle(new URL(answer.headers.get("Location"), location.href).pathname);
    const tag = answer.headers.get("ETag");
    if (tag) {
      version = tag.replace(/^W\/|"/g, "");
      form.dataset.version = version;
      if (form.elements.version) form.elements.version.value = version;
    }
    if (!dirty) forget();
    say("saved", `Saved ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`);
    form.dispatchEvent(new CustomEvent("autosave:saved", { detail: { version } }));
  }

  function conflict(answer) {
    stopped = true;
    keep();
    const where = answer.headers.get("Location") ?? form.dataset.conflict ?? location.href;
    say("conflict", "Not saved: another version was saved in the meantime. Yours is kept in this browser. ", link("Compare the two versions", where));
    form.dispatchEvent(new CustomEvent("autosave:conflict", { detail: { url: where } }));
  }

  function offer() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { return; }
    if (!kept || JSON.stringify(kept.fields) === JSON.stringify(typed())) return forget();
    const stale = kept.version !== version ? " It was written on an older version." : "";
    say("kept", `This browser kept text that was not saved.${stale} `,
      button("Put it back", () => { fill(kept.fields); changed(); }), " ", button("Discard it", () => { forget(); say("", ""); }));
  }

  function fill(fields) {
    const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : fields.reduce((map, pair) => map.set(pair[0], [...(map.get(pair[0]) ?? []), pair]), new Map());
    for (const control of form.elements) {
      if (!control.name || control.name.startsWith("__") || control.name === "version" || ["file", "password", "hidden", "submit"].includes(control.type)) continue;
      const texts = (values.get(control.name) ?? []).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = texts.includes(control.value);
      else if (texts.length > 0) control.value = texts[0];
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function changed() {
    dirty = true;
    later(pause);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("rows:changed", changed);
  form.addEventListener("submit", (event) => {
    if (sending && !version) {
      // The draft is being made: sent now, the form would make another.
      event.preventDefault();
      const { submitter } = event;
      running.then(() => form.requestSubmit(submitter));
      return;
    }
    stopped = true;
    keep();
  });
  addEventListener("online", () => { if (dirty) save(); });
  // The page may go for good: keep what is unsaved here.
  addEventListener("pagehide", () => { if (dirty && !stopped) { keep(); save(true); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) save(); });
  offer();
}
