/** English for taking over unfinished files. */
export const adopting = {
  adopt: {
    open: 'Adopt unfinished files…',
    title: 'Adopt unfinished files',
    body: 'Finds unfinished Sluice downloads in a folder: from another computer, from a terminal, or from a list that was lost. Sluice keeps what was fetched and resumes.',
    folder: 'Folder',
    start: 'Adopt',
    paused: 'Adopt paused',
    dismiss: 'Cancel',
    close: 'Close',
    adopted_one: '{{count}} file was adopted.',
    adopted_other: '{{count}} files were adopted.',
    present_one: '{{count}} is on the list already.',
    present_other: '{{count}} are on the list already.',
    refused_one: '{{count}} could not be adopted:',
    refused_other: '{{count}} could not be adopted:',
    unvouched_one:
      '{{count}} file has no readable journal. Give its link: Sluice keeps the bytes that match and fetches the rest again.',
    unvouched_other:
      '{{count}} files have no readable journal. Give their links: Sluice keeps the bytes that match and fetches the rest again.',
    linkOf: 'Link of {{name}}',
    refusedList: 'Files that were not adopted',
    nothing: 'There are no unfinished files in this folder.',
  },
} as const;
