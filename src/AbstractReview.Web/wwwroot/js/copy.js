// Expects <button data-copy="NAME" hidden> and somewhere [data-copy-source="NAME"].
// Shows the button where the clipboard can be written and copies the source's value or text.
// The button says "Copied" for two seconds, politely announced.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(`[data-copy-source="${button.dataset.copy}"]`);
  if (!source || !navigator.clipboard) continue;
  const words = button.textContent;
  button.type = "button";
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
