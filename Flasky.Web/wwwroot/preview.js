// Shows a text as it will look while it is written. Without this script the Preview button does it.
for (const preview of document.querySelectorAll('[data-preview-of]')) {
  const text = document.getElementById(preview.dataset.previewOf);
  const shown = preview.querySelector('[data-preview-text]');
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
    try {
      const answer = await fetch('/preview', { method: 'POST', body, redirect: 'error' });
      if (!answer.ok) return;
      const html = await answer.text();
      // An older answer may come after a newer one.
      if (turn !== newest) return;
      shown.innerHTML = html;
      preview.hidden = false;
    } catch {
      // Offline or logged out: the form says so when it is sent.
    }
  };

  button.hidden = true;
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
  if (text.value.trim() && preview.hidden) show();
}
