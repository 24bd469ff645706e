// Keeps the page's own files, so that it opens without a network; and sends the two headers that threads need, where the host does not.
// The build writes FILES and VERSION before this: see scripts/keep-offline.ts.
/* global FILES, VERSION */

const PREFIX = 'latentkit-page-';
const CACHE = PREFIX + VERSION;
const SCOPE = new URL('./', location.href).href;
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

addEventListener('install', (event) => event.waitUntil(keepAll()));

addEventListener('activate', (event) => event.waitUntil(takeOver()));

addEventListener('message', ({ data }) => {
  if (data === 'use') skipWaiting(); // a person has asked for the newer page
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return;
  const path = new URL(request.url).pathname.slice(new URL(SCOPE).pathname.length) || 'index.html';
  if (FILES.includes(path)) event.respondWith(answer(path, request));
});

/** All of it or nothing: a page of two versions would be none. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((path) => new Request(SCOPE + path, { cache: 'reload' })));
}

async function takeOver() {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  await clients.claim();
}

async function answer(path, request) {
  const cache = await caches.open(CACHE);
  const response = (await cache.match(SCOPE + path)) ?? (await fetch(request));
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
