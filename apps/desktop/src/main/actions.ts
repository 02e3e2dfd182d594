/** What tray and menus can do; each calls the part that owns it. */
export interface Actions {
  show(): void;
  /** Shows the window with its empty Add dialog. */
  addLinks(): void;
  /** Shows the window with its Add dialog filled from the clipboard. */
  addFromClipboard(): void;
  pauseAll(): void;
  resumeAll(): void;
  closeWindow(): void;
  quit(): void;
}
