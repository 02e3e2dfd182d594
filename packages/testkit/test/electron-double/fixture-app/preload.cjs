const { ipcRenderer } = require('electron');

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'connect') return;
  // Answered in order: the ports come last.
  ipcRenderer.invoke('add', 2, 3).then((sum) => window.postMessage({ kind: 'sum', sum, reached }, location.origin));
  ipcRenderer.send('connect');
});
ipcRenderer.on('ports', (event, message) => {
  window.postMessage({ kind: 'ports', hello: message.hello.toISOString() }, location.origin, event.ports);
});
let reached = 'nothing';
try {
  require('node:fs');
  reached = 'fs';
} catch {
  reached = 'nothing';
}
globalThis.preloadSecret = true;
