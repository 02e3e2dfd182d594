const { ipcRenderer } = require('electron');

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'connect') ipcRenderer.send('connect');
});
ipcRenderer.on('ports', (event, message) => {
  window.postMessage({ kind: 'ports', hello: message.hello.toISOString() }, location.origin, event.ports);
});
ipcRenderer.invoke('add', 2, 3).then((sum) => window.postMessage({ kind: 'sum', sum }, location.origin));
let reached = 'nothing';
try {
  require('node:fs');
  reached = 'fs';
} catch {
  reached = 'nothing';
}
window.postMessage({ kind: 'preload', reached, process: process.type, sandboxed: process.sandboxed }, location.origin);
globalThis.preloadSecret = true;
