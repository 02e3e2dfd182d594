/** Spanish for adopting unfinished files. */
export const adopting = {
  adopt: {
    open: 'Adoptar archivos sin terminar…',
    title: 'Adoptar archivos sin terminar',
    body: 'Busca descargas de Sluice sin terminar en una carpeta: de otro equipo, de un terminal o de una lista perdida. Sluice conserva lo descargado y continúa.',
    folder: 'Carpeta',
    start: 'Adoptar',
    paused: 'Adoptar en pausa',
    dismiss: 'Cancelar',
    close: 'Cerrar',
    adopted_one: 'Se adoptó {{count}} archivo.',
    adopted_other: 'Se adoptaron {{count}} archivos.',
    adopted_many: 'Se adoptaron {{count}} archivos.',
    present_one: '{{count}} ya está en la lista.',
    present_other: '{{count}} ya están en la lista.',
    present_many: '{{count}} ya están en la lista.',
    refused_one: '{{count}} no se pudo adoptar:',
    refused_other: '{{count}} no se pudieron adoptar:',
    refused_many: '{{count}} no se pudieron adoptar:',
    unvouched_one:
      '{{count}} archivo no tiene un diario legible. Indique su enlace: Sluice conserva los bytes que coinciden y vuelve a descargar el resto.',
    unvouched_other:
      '{{count}} archivos no tienen un diario legible. Indique sus enlaces: Sluice conserva los bytes que coinciden y vuelve a descargar el resto.',
    unvouched_many:
      '{{count}} archivos no tienen un diario legible. Indique sus enlaces: Sluice conserva los bytes que coinciden y vuelve a descargar el resto.',
    linkOf: 'Enlace de {{name}}',
    refusedList: 'Archivos que no se adoptaron',
    nothing: 'No hay archivos sin terminar en esta carpeta.',
  },
} as const;
