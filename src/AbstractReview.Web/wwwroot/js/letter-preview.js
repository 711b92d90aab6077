// The letter as the mail reads, a moment after the typing stops; the server fills and checks it as it does when it is saved.
const form = document.getElementById('template');
const mail = document.getElementById('preview-mail');
const state = document.getElementById('preview-state');

let waiting;
let latest = 0;

async function show() {
  const mine = ++latest;
  let answer, text;
  try {
    answer = await fetch(form.dataset.preview, { method: 'POST', body: new FormData(form) });
    text = await answer.text();
  } catch {
    if (mine === latest) state.textContent = 'No connection: the preview is that of before.';
    return;
  }
  // A slow answer to an older text must not overwrite a newer one.
  if (mine !== latest) return;
  if (answer.ok) {
    mail.innerHTML = text;
    mail.hidden = false;
    state.textContent = 'The preview is up to date.';
    state.dataset.state = 'saved';
  } else {
    state.textContent = answer.status === 422 ? text : 'The preview is not to be had just now.';
    state.dataset.state = 'kept';
  }
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 400);
});
