/** The two versions of a file that has changed on the server, side by side. */
import type { VersionChange } from '@sluice/contract';
import { useTexts } from '../text/use-texts.ts';

export function VersionFacts({ change: { before, now } }: { readonly change: VersionChange }) {
  const { t, formats } = useTexts();
  const size = (bytes: number | null) => (bytes === null ? null : formats.size(bytes));
  const rows = [
    [t('details.size'), size(before.sizeBytes), size(now.sizeBytes)],
    [t('details.lastModified'), before.lastModified, now.lastModified],
    [t('details.etag'), before.etag, now.etag],
  ] as const;
  return (
    <table className="versions">
      <caption>{t('details.changed')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('details.version')}</span>
          </th>
          <th scope="col">{t('details.mine')}</th>
          <th scope="col">{t('details.onServer')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([term, mine, theirs]) => (
          <tr key={term} data-differs={mine !== theirs}>
            <th scope="row">{term}</th>
            {[mine, theirs].map((value, index) => (
              // The columns never change places.
              <td key={index === 0 ? 'mine' : 'theirs'}>
                <bdi title={value ?? ''}>{value ?? t('details.notStated')}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
