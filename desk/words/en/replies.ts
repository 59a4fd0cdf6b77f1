/** The words of `desk/replies`. */
export const replies = {
  title: 'Canned replies',
  explain:
    'Texts that every agent reaches with “/”. They may use what is known: {{ customer.name }}, {{ agent.name }}, {{ vars.orderNumber }}.',
  add: 'New reply',
  none: 'There are no canned replies yet.',
  shortcut: 'Shortcut',
  shortcutHelp: 'What is typed after “/”',
  name: 'Title',
  text: 'Text',
  teams: 'For teams',
  teamsHelp: 'For everybody when empty',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  removeOf: (title: string) => `Delete “${title}”`,
  edit: (title: string) => `Edit “${title}”`,
  saved: 'Saved.',
  removed: 'Deleted.',
  overtaken: (now: string) =>
    `Somebody has changed it meanwhile; it says now: “${now}” Take over what you want of it, then save again.`,
  gone: 'Somebody has deleted it meanwhile. Save again to keep it.',
  failed: 'The canned replies cannot be read now.',
}
