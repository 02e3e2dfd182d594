/** French for adopting unfinished files. */
export const adopting = {
  adopt: {
    open: 'Adopter des fichiers inachevés…',
    title: 'Adopter des fichiers inachevés',
    body: 'Cherche dans un dossier des téléchargements Sluice inachevés : d’un autre ordinateur, d’un terminal ou d’une liste perdue. Sluice garde ce qui est téléchargé et continue.',
    folder: 'Dossier',
    start: 'Adopter',
    paused: 'Adopter en pause',
    dismiss: 'Annuler',
    close: 'Fermer',
    adopted_one: '{{count}} fichier a été adopté.',
    adopted_other: '{{count}} fichiers ont été adoptés.',
    adopted_many: '{{count}} fichiers ont été adoptés.',
    present_one: '{{count}} est déjà dans la liste.',
    present_other: '{{count}} sont déjà dans la liste.',
    present_many: '{{count}} sont déjà dans la liste.',
    refused_one: '{{count}} n’a pas pu être adopté :',
    refused_other: '{{count}} n’ont pas pu être adoptés :',
    refused_many: '{{count}} n’ont pas pu être adoptés :',
    unvouched_one:
      '{{count}} fichier n’a pas de journal lisible. Indiquez son lien : Sluice garde les octets qui concordent et retélécharge le reste.',
    unvouched_other:
      '{{count}} fichiers n’ont pas de journal lisible. Indiquez leurs liens : Sluice garde les octets qui concordent et retélécharge le reste.',
    unvouched_many:
      '{{count}} fichiers n’ont pas de journal lisible. Indiquez leurs liens : Sluice garde les octets qui concordent et retélécharge le reste.',
    linkOf: 'Lien de {{name}}',
    refusedList: 'Fichiers non adoptés',
    nothing: 'Il n’y a pas de fichiers inachevés dans ce dossier.',
  },
} as const;
