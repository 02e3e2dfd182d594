/** The window as a person knows it: rows by name, buttons by label, dialogs by title. */
import { type Locator, type Page, expect } from '@playwright/test';

export type StateWord = 'Queued' | 'Downloading' | 'Waiting' | 'Paused' | 'Failed' | 'Finished' | 'Cancelled';

export interface AddOptions {
  readonly name?: string;
  readonly paused?: boolean;
}

export class DownloadsWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** By the file's name, which is what the row is called. */
  row(name: string): Locator {
    return this.page.getByRole('row', { name, exact: true });
  }

  get rows(): Locator {
    return this.page.getByRole('grid').locator('[role=row][aria-selected]');
  }

  get dialog(): Locator {
    return this.page.locator('[role=dialog], [role=alertdialog]');
  }

  /** The state a row shows, as a screen reader hears it. */
  async expectState(name: string, state: StateWord): Promise<void> {
    await expect(this.row(name).getByRole('gridcell').first()).toHaveText(state);
  }

  /** The percentage a row shows is at least this. */
  async expectProgress(name: string, percent: number): Promise<void> {
    const bar = this.row(name).getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(percent);
  }

  /** The button of a row that its label says: Pause, Resume, Retry… */
  action(name: string, label: string): Locator {
    return this.row(name).getByRole('button', { name: `${label} ${name}`, exact: true });
  }

  async openAdd(): Promise<void> {
    await this.page.getByRole('toolbar', { name: 'Main' }).getByRole('button', { name: 'Add', exact: true }).click();
    await expect(this.dialog).toBeVisible();
  }

  get links(): Locator {
    return this.dialog.getByRole('textbox', { name: 'Links' });
  }

  async add(urls: readonly string[], options: AddOptions = {}): Promise<void> {
    await this.openAdd();
    await this.links.fill(urls.join('\n'));
    if (options.name !== undefined) await this.dialog.getByRole('textbox', { name: 'File name' }).fill(options.name);
    await this.confirmAdd(options);
  }

  async confirmAdd({ paused = false }: AddOptions = {}): Promise<void> {
    await this.dialog.getByRole('button', { name: paused ? 'Add paused' : /^Download( \d+ files)?$/ }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** Opens a row's menu and chooses from it. */
  async choose(name: string, item: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `More actions for ${name}` })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  toolbarButton(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Main' }).getByRole('button', { name });
  }

  async openSettings(): Promise<void> {
    await this.toolbarButton('Settings').click();
    await expect(this.page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  }
}
