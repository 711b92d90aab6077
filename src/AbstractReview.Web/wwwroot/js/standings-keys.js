// Expects form[data-standings] with rows tr[data-number][data-version] holding a link, [data-decision] and a select; [data-told] for what was
// done; dialog#keys that lists the keys, [data-keys-open] (hidden) to open it. j, k: rows; o, p, n, w, r: decide; u: take back; /: find.
const table = document.querySelector("form[data-standings]");
const keys = document.getElementById("keys");
const opener = document.querySelector("[data-keys-open]");
const kinds = { o: "Oral", p: "Poster", n: "Panel", w: "Waitlist", r: "Reject" };
const tones = { Oral: "done", Poster: "done", Panel: "done", Waitlist: "warning", Reject: "danger" };

if (opener && keys) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}
if (table) {
  const rows = [...table.querySelectorAll("tr[data-number]")];
  const told = table.querySelector("[data-told]");
  const present = () => document.activeElement.closest?.("tr[data-number]");
  const link = (row) => row?.querySelector("th a");

  const mark = () => {
    for (const row of rows) row.classList.toggle("is-current", row === present());
  };
  document.addEventListener("focusin", mark);
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && rows.includes(target)) link(target).focus({ preventScroll: true });

  const step = (by) => {
    const at = rows.indexOf(present());
    const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    link(row)?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };

  async function decide(row, kind) {
    const select = row.querySelector("select");
    if (!select || row.dataset.sending) return;
    const { number, version } = row.dataset;
    row.dataset.sending = "yes";
    try {
      const answer = await fetch(`/api/v1/submissions/${number}/decision`, {
        method: kind ? "PUT" : "DELETE", credentials: "same-origin",
        headers: { "If-Match": `"${version}"`, ...(kind ? { "Content-Type": "application/json" } : {}) },
        body: kind ? JSON.stringify({ kind }) : undefined,
      });
      if (answer.ok) done(row, select, kind, answer.headers.get("ETag"));
      else {
        const problem = await answer.json().catch(() => null);
        say(row, `Not decided: ${problem?.detail ?? `the server answered ${answer.status}`}`, true);
      }
    } catch {
      say(row, "Not decided: no connection", true);
    } finally {
      delete row.dataset.sending;
    }
  }

  function done(row, select, kind, tag) {
    if (tag) row.dataset.version = tag.replace(/^W\/|"/g, "");
    row.querySelector("button[name=decide]").value = `${row.dataset.number}:${row.dataset.version}`;
    if (![...select.options].some((option) => option.value === "")) select.prepend(new Option("Undecided", ""));
    select.value = kind ?? "";
    const cell = row.querySelector("[data-decision]");
    cell.replaceChildren();
    if (kind) {
      const word = Object.assign(document.createElement("span"), { className: `tag tag--${tones[kind]}`, textContent: kind });
      cell.append(word, " ", Object.assign(document.createElement("span"), { className: "small", textContent: "pending" }));
    }
    say(row, kind ? `Submission ${row.dataset.number}: ${kind}, pending` : `Submission ${row.dataset.number}: taken back`, false);
  }

  function say(row, words, wrong) {
    told.textContent = words;
    if (!wrong) return;
    const cell = row.querySelector("[data-decision]");
    cell.querySelector(".error")?.remove();
    cell.append(Object.assign(document.createElement("p"), { className: "error", textContent: words }));
  }

  const typing = (element) => element.isContentEditable || element.matches?.("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys?.open || typing(event.target)) return;
    const row = present();
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") document.getElementById("q")?.focus();
    else if (event.key === "?") keys?.showModal();
    else if (row && kinds[event.key]) decide(row, kinds[event.key]);
    else if (row && event.key === "u") decide(row, null);
    else return;
    event.preventDefault();
  });
}
