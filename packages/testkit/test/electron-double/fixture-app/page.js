/** Shows what arrives from the preload script and over the port, where a test can read it. */
globalThis.seen = { messages: [], port: [] };
globalThis.addEventListener('message', (event) => {
  if (event.source !== window || event.data === 'connect') return;
  globalThis.seen.messages.push(event.data);
  const [port] = event.ports;
  if (port === undefined) return;
  port.onmessage = ({ data }) => {
    globalThis.seen.port.push(data);
    document.dispatchEvent(new Event('port-message'));
  };
  globalThis.port = port;
  port.postMessage({ text: 'hi', bytes: new Uint8Array([1, 2, 255]), nothing: undefined, many: new Map([['a', 1n]]) });
});
globalThis.postMessage('connect', location.origin);
