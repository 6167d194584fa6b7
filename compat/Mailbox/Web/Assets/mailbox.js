// Keeps the list current. Without it everything works, after a reload.
const live = document.getElementById('live');
let events;

async function refresh() {
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('live');
  live.replaceChildren(...fresh.childNodes);
  live.dataset.version = fresh.dataset.version;
  document.title = page.title;
}

// A hidden page needs no connection: browsers allow only six to one server.
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource('/events');
  events.onmessage = event => {
    if (event.data !== live.dataset.version) refresh().catch(() => { /* the stream reconnects and tries again */ });
  };
}

if (live) {
  document.addEventListener('visibilitychange', listen);
  // A page that comes back from the browser's history shows an old list.
  addEventListener('pageshow', listen);
  addEventListener('pagehide', () => events?.close());
}

document.addEventListener('submit', event => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
