/** The page of the running app, as tests want it: loaded, connected, and answering. */
import type { ElectronDriver } from '@sluice/electron-double';

export type Page = Awaited<ReturnType<ElectronDriver['page']>>;

/** Waits until the window shows the engine's state: its status line is there only then. */
export async function connected(driver: ElectronDriver): Promise<Page> {
  const page = await driver.page();
  await page.getByRole('toolbar', { name: 'Main' }).waitFor();
  await page.getByText('Connecting to the engine').waitFor({ state: 'detached' });
  return page;
}
