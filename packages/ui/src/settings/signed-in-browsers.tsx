/** The browsers that are signed in to this host, and a way to sign each of them out. */
import type { BrowserSession } from '@sluice/contract';
import { useCallback, useEffect, useState } from 'react';
import { TextButton } from '../controls/text-button.tsx';
import type { PlatformSessions } from '../platform.ts';
import { browserName } from '../text/browser-name.ts';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { SettingsGroup } from './settings-group.tsx';

interface Found {
  /** Null until they are known. */
  readonly browsers: readonly BrowserSession[] | null;
  /** A sentence about why the last question had no answer. */
  readonly problem: string | null;
}

export function SignedInBrowsers({ sessions }: { readonly sessions: PlatformSessions }) {
  const { t } = useTexts();
  const [{ browsers, problem }, setFound] = useState<Found>({ browsers: null, problem: null });

  const show = useCallback(
    (asking: Promise<readonly BrowserSession[]>): void => {
      asking.then(
        (now) => setFound({ browsers: now, problem: null }),
        (error: unknown) => setFound((before) => ({ ...before, problem: thrownText(t, error).what })),
      );
    },
    [t],
  );
  useEffect(() => show(sessions.list()), [sessions, show]);

  const others = browsers?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <SettingsGroup title={t('settings.browsers.title')}>
      {browsers !== null && (
        <ul className="sessions">
          {browsers.map((browser) => (
            <Session key={browser.id} browser={browser} onSignOut={() => show(sessions.revoke(browser.id))} />
          ))}
        </ul>
      )}
      {problem !== null && (
        <p className="field-hint" data-tone="danger" role="alert">
          {problem}
        </p>
      )}
      {others.length > 0 && (
        <div>
          <TextButton tone="quiet" onPress={() => show(sessions.revokeOthers())}>
            {t('settings.browsers.signOutOthers')}
          </TextButton>
        </div>
      )}
      <p className="field-hint">{t('settings.browsers.hint')}</p>
    </SettingsGroup>
  );
}

interface SessionProps {
  readonly browser: BrowserSession;
  readonly onSignOut: () => void;
}

function Session({ browser: { browser, isThis, seenAtMs, createdAtMs, address }, onSignOut }: SessionProps) {
  const { t, formats } = useTexts();
  const { product, system } = browserName(browser);
  const name =
    product === null
      ? t('settings.browsers.unknown')
      : system === null
        ? product
        : t('settings.browsers.name', { product, system });
  const seen = formats.moment(seenAtMs, Date.now());
  const since = formats.moment(createdAtMs, Date.now());
  return (
    <li className="session" title={browser}>
      <span className="session-name">
        <bdi>{name}</bdi>
        {isThis && <span className="session-this">{t('settings.browsers.this')}</span>}
      </span>
      <span className="field-hint">{t('settings.browsers.facts', { seen, since, address })}</span>
      <TextButton label={t('settings.browsers.signOutOne', { name, seen })} onPress={onSignOut}>
        {t('settings.browsers.signOut')}
      </TextButton>
    </li>
  );
}
