/** Puts the window together. */
import { I18nProvider } from 'react-aria-components';
import { useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { Dialogs } from './dialogs.tsx';
import { DropTarget } from '../add/drop-target.tsx';
import { usePaste } from '../add/use-paste.ts';
import { DetailsPane } from '../details/details-pane.tsx';
import { BulkBar } from '../list/bulk-bar.tsx';
import { DownloadList } from '../list/download-list.tsx';
import { RowMenu } from '../list/row-menu.tsx';
import { Sidebar } from '../shell/sidebar.tsx';
import { Toolbar } from '../shell/toolbar.tsx';
import { Announcer } from '../status/announcer.tsx';
import { ConnectionBanner } from '../status/connection-banner.tsx';
import { NoticeRegion } from '../status/notice-region.tsx';
import { StatusBar } from '../status/status-bar.tsx';
import { createFormats } from '../text/format.ts';
import { TextsContext } from '../text/use-texts.ts';
import { ServicesContext, type Services } from './services.ts';
import { useLanguage } from './use-language.ts';
import { useOpenUrls } from './use-open-urls.ts';
import { useView } from './use-store.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';

export function App({ services }: { readonly services: Services }) {
  return (
    <ServicesContext value={services}>
      <I18nextProvider i18n={services.texts}>
        <WindowInLanguage />
      </I18nextProvider>
    </ServicesContext>
  );
}

/** Follows i18next and the chosen language for the whole window. */
function WindowInLanguage() {
  const locale = useLanguage();
  const { t } = useTranslation();
  const texts = useMemo(() => ({ t, formats: createFormats(locale) }), [t, locale]);
  return (
    <I18nProvider locale={locale}>
      <TextsContext value={texts}>
        <Window />
      </TextsContext>
    </I18nProvider>
  );
}

/** The list with its bulk bar, and the details below or beside them. */
function Workspace() {
  const dock = useView((state) => state.detailsDock);
  return (
    <div className="workspace" data-dock={dock}>
      <div className="list-column">
        <DownloadList />
        <BulkBar />
      </div>
      <DetailsPane />
    </div>
  );
}

function Window() {
  useTheme();
  useShortcuts();
  usePaste();
  useOpenUrls();
  return (
    <div className="window">
      <Sidebar />
      <main className="stage">
        <Toolbar />
        <ConnectionBanner />
        <Workspace />
        <StatusBar />
      </main>
      <Dialogs />
      <RowMenu />
      <NoticeRegion />
      <Announcer />
      <DropTarget />
    </div>
  );
}
