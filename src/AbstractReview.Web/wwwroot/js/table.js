// Expects table[data-sort][id] that is wholly on the page, with links "?sort=KEY" in its head; a cell's data-value is sorted by before
// its text. form[data-filters="TABLE ID"] may hold [data-filter] (any text) and [data-filter="area"] (the row's data-area), and
// [data-filter-count] for "12 of 300". Sorts and filters in place and keeps both in the address; the server does the same for ?sort=.
for (const table of document.querySelectorAll("table[data-sort]")) start(table);

function start(table) {
  const body = table.tBodies[0];
  const form = document.querySelector(`form[data-filters="${table.id}"]`);
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const text = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const remember = (changes) => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
    history.replaceState(null, "", url);
  };

  for (const head of table.tHead.rows[0].cells) {
    const link = head.querySelector("a, button");
    if (!link) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : head.classList.contains("n");
      const column = head.cellIndex, factor = down ? -1 : 1;
      const rows = [...body.rows].map((row) => ({ row, key: text(row, column) }));
      rows.sort((a, b) => factor * order.compare(a.key, b.key));
      body.append(...rows.map(({ row }) => row));
      for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = link.href ? new URL(link.href).searchParams.get("sort") : String(column);
      remember({ sort: (down ? "-" : "") + key?.replace(/^-/, "") });
    });
  }

  if (!form) return;
  const controls = [...form.querySelectorAll("[data-filter]")];
  const told = form.querySelector("[data-filter-count]");
  const apply = () => {
    let shown = 0;
    for (const row of body.rows) {
      const fits = controls.every(({ value, dataset }) => !value.trim()
        || (dataset.filter ? row.dataset[dataset.filter] === value : row.textContent.toLocaleLowerCase().includes(value.trim().toLocaleLowerCase())));
      row.hidden = !fits;
      if (fits) shown++;
    }
    if (told) told.textContent = `${shown} of ${body.rows.length}`;
  };
  form.addEventListener("input", () => {
    apply();
    remember(Object.fromEntries(controls.map(({ name, value }) => [name, value.trim()])));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const control of controls) control.value = new URLSearchParams(location.search).get(control.name) ?? control.value;
  apply();
}
