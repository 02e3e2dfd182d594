/** Files and text of other formats in the Add dialog: pasted, dropped, chosen. */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openWindow } from './open-window.tsx';

const curl = String.raw`curl 'https://a.org/x.zip' -k -H 'accept: */*' -b 'sid=1' -H 'referer: https://a.org/'`;
const meta4 = `<metalink xmlns="urn:ietf:params:xml:ns:metalink">
<file name="../disk[1].iso"><size>3000000</size><hash type="sha-256">${'ab'.repeat(32)}</hash>
<url priority="2">https://b.org/disk.iso</url><url priority="1">https://a.org/disk[1-9].iso</url></file>
<file name="none"></file></metalink>`;

function linksField(): HTMLTextAreaElement {
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Links' });
}

it('takes a copied command apart: the link into the field, headers and cookies along, the rest named', async () => {
  const { user, engine } = await openWindow([]);
  await user.keyboard('n');
  await user.click(linksField());
  await user.paste(curl);
  expect(linksField().value).toBe('https://a.org/x.zip');
  expect(screen.getByText('Links taken: 1')).toBeDefined();
  const unused = screen.getByRole('list', { name: 'Not used of cURL' });
  expect(within(unused).getByText('-k')).toBeDefined();
  const request = { cookies: 'sid=1', referer: 'https://a.org/' };
  // What is asked before is asked with the same request.
  expect(engine.callsOf('preview')[0]?.download).toMatchObject({ headers: { accept: '*/*' }, request });
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(engine.callsOf('add')).toEqual([
    { downloads: [{ url: 'https://a.org/x.zip', headers: { accept: '*/*' }, request }], start: true },
  ]);
});

it('takes a dropped Metalink: name, mirrors and checksum, brackets of the link literally', async () => {
  const { user, engine } = await openWindow([]);
  const file = new File([meta4], 'disk.meta4');
  const dataTransfer = { getData: () => '', files: [file], types: ['Files'] };
  act(() => void fireEvent.drop(window, { dataTransfer }));
  const table = await screen.findByRole('table', { name: 'Links to add' });
  expect(within(table).getByText('disk[1].iso')).toBeDefined();
  expect(within(table).getByText('3 MB')).toBeDefined();
  expect(screen.getByText('disk.meta4')).toBeDefined();
  expect(screen.getByText('Not used: 1')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(engine.callsOf('add')).toEqual([
    {
      downloads: [
        {
          url: 'https://a.org/disk[1-9].iso',
          name: 'disk[1].iso',
          checksum: `sha-256=${'ab'.repeat(32)}`,
          request: { mirrors: ['https://b.org/disk.iso'] },
        },
      ],
      start: true,
    },
  ]);
});

it('chooses files, and lets what the person says win', async () => {
  const { user, engine } = await openWindow([]);
  await user.keyboard('n');
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('no file input');
  await user.upload(input, new File(['URL,Filename\nhttps://a.org/1,theirs.bin\nnope,x'], 'list.csv'));
  await waitFor(() => expect(linksField().value).toBe('https://a.org/1'));
  expect(screen.getByRole('list', { name: 'Not used of list.csv' })).toBeDefined();
  await user.type(await screen.findByRole('textbox', { name: 'File name' }), 'mine.bin');
  await user.click(screen.getByRole('button', { name: 'Download' }));
  expect(engine.callsOf('add')[0]?.downloads).toEqual([{ url: 'https://a.org/1', name: 'mine.bin' }]);
});

it('says that a damaged file holds nothing, instead of nothing at all', async () => {
  await openWindow([]);
  const dataTransfer = { getData: () => '', files: [new File(['{"log":'], 'net.har')], types: ['Files'] };
  act(() => void fireEvent.drop(window, { dataTransfer }));
  expect(await screen.findByText('The file is damaged or ends too early.')).toBeDefined();
});
