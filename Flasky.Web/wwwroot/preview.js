// Shows a text as it will look while it is written. Without this script the Preview button does it.
for (const preview of document.querySelectorAll('[data-preview-of]')) {
  const text = document.getElementById(preview.dataset.previewOf);
  const shown = preview.querySelector('[data-preview-text]');
  const error = preview.querySelector('[data-preview-error]');
  const button = text.form.querySelector('[data-preview-button]');
  let timer, newest = 0;

  const show = async () => {
    const turn = ++newest;
    if (!text.value.trim()) {
      preview.hidden = true;
      return;
    }
    const body = new FormData();
    body.append('body', text.value);
    body.append('__RequestVerificationToken', text.form.elements['__RequestVerificationToken'].value);
    let html = null;
    try {
      const answer = await fetch('/preview', { method: 'POST', body, redirect: 'error' });
      if (answer.ok) html = await answer.text();
    } catch {
      // Offline, or sent to log in: said below.
    }
    // An older answer may come after a newer one.
    if (turn !== newest) return;
    if (html !== null) shown.innerHTML = html;
    error.hidden = html !== null;
    preview.hidden = false;
  };

  button.hidden = true;
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
  if (text.value.trim() && preview.hidden) show();
}
