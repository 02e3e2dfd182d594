/** Entry of the main process: one instance runs, a second hands over its links and ends. */
import { app, dialog } from 'electron';
import { linksFromArguments } from './lifecycle/command-line.ts';
import { registerScheme } from './window/guards.ts';
import { run } from './run.ts';
import { startFailure, text } from './text.ts';

app.enableSandbox();
app.setAppUserModelId('app.sluice.desktop');
registerScheme();

const links = linksFromArguments(process.argv, app.isPackaged ? null : app.getAppPath());
if (app.requestSingleInstanceLock({ links })) {
  run(import.meta.dirname, links).catch((error: unknown) => {
    dialog.showErrorBox(text.startFailed, startFailure(error, app.getPath('userData')));
    app.exit(1);
  });
} else {
  app.quit();
}
