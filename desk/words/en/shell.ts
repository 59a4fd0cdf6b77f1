/** The words of `desk/shell`. */
export const shell = {
  product: 'Baton desk',
  close: 'Close',
  loading: 'Loading…',
  rooms: 'Rooms',
  inbox: 'Inbox',
  board: 'Board',
  replies: 'Canned replies',
  promises: 'Promises',
  setup: 'Setup',
  admin: 'Administration',
  help: 'Keyboard and help',
  skip: 'Skip to the conversation',
  scheme: 'Light or dark',
  signOut: 'Sign out',
  nowhere: { title: 'There is nothing here', explain: 'The address is not one of the desk’s.' },
  back: 'To the inbox',
  noRight: {
    title: 'This is for supervisors',
    explain:
      'You are signed in as an agent. The board, the canned replies, the setup and the administration are not for agents.',
  },
  crash: {
    title: 'This part of the desk stopped',
    explain: 'The rest goes on, and what you wrote is kept.',
    again: 'Show it again',
  },
  line: {
    connecting: 'Connecting…',
    waiting: 'The line is broken. What you see may be old; it comes back by itself.',
    unsent: (count: number) => (count === 1 ? '1 thing waits to be sent.' : `${count} things wait to be sent.`),
  },
  helpSheet: { title: 'Keyboard', search: 'Search actions', none: 'No shortcut' },
  unread: (count: number) => `(${count}) `,
}
