/** The sandboxed preload script: passes the page's request for ports to main, and main's ports to the page. Nothing else. */
import { ipcRenderer } from 'electron';
import { handoverChannel, isRequest } from '../shared/handover.ts';

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin || !isRequest(event.data)) return;
  ipcRenderer.send(handoverChannel);
});

ipcRenderer.on(handoverChannel, (event, handover: unknown) => {
  window.postMessage(handover, location.origin, event.ports);
});
