/** English for taking over unfinished files. */
export const adopting = {
  adopt: {
    open: 'Take over unfinished files…',
    title: 'Take over unfinished files',
    body: 'Finds what Sluice began and did not finish in a folder: on another computer, in a terminal, or before the list was lost. What was fetched is kept and goes on from there.',
    folder: 'Folder',
    start: 'Take over',
    paused: 'Take over paused',
    dismiss: 'Cancel',
    close: 'Close',
    adopted_one: '{{count}} file was taken over.',
    adopted_other: '{{count}} files were taken over.',
    present_one: '{{count}} is on the list already.',
    present_other: '{{count}} are on the list already.',
    refused_one: '{{count}} could not be taken over:',
    refused_other: '{{count}} could not be taken over:',
    unvouched_one:
      '{{count}} file lost the record of what is right in it. With its link, the right part is kept and the rest is fetched again.',
    unvouched_other:
      '{{count}} files lost the record of what is right in them. With their links, the right parts are kept and the rest is fetched again.',
    linkOf: 'Link of {{name}}',
    refusedList: 'Files that were not taken over',
    nothing: 'There are no unfinished files in this folder.',
  },
} as const;
