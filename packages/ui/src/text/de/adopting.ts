/** German for adopting unfinished files. */
export const adopting = {
  adopt: {
    open: 'Unfertige Dateien übernehmen…',
    title: 'Unfertige Dateien übernehmen',
    body: 'Findet unfertige Sluice-Downloads in einem Ordner: von einem anderen Computer, aus einem Terminal oder aus einer verlorenen Liste. Sluice behält das Geladene und setzt fort.',
    folder: 'Ordner',
    start: 'Übernehmen',
    paused: 'Angehalten übernehmen',
    dismiss: 'Abbrechen',
    close: 'Schließen',
    adopted_one: '{{count}} Datei wurde übernommen.',
    adopted_other: '{{count}} Dateien wurden übernommen.',
    present_one: '{{count}} ist schon in der Liste.',
    present_other: '{{count}} sind schon in der Liste.',
    refused_one: '{{count}} konnte nicht übernommen werden:',
    refused_other: '{{count}} konnten nicht übernommen werden:',
    unvouched_one:
      '{{count}} Datei hat kein lesbares Journal. Geben Sie ihren Link an: Sluice behält die Bytes, die stimmen, und lädt den Rest erneut.',
    unvouched_other:
      '{{count}} Dateien haben kein lesbares Journal. Geben Sie ihre Links an: Sluice behält die Bytes, die stimmen, und lädt den Rest erneut.',
    linkOf: 'Link von {{name}}',
    refusedList: 'Nicht übernommene Dateien',
    nothing: 'In diesem Ordner sind keine unfertigen Dateien.',
  },
} as const;
