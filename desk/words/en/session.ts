/** The words of `desk/session` and of what was not done. */
export const session = {
  title: 'Sign in to the desk',
  explain: 'Paste your key, or open the sign-in link that your supervisor gave you.',
  refused:
    'The server does not know this key any more. Ask for a new sign-in link. What you wrote is kept on this device.',
  key: 'Key',
  submit: 'Sign in',
  wrong: 'The server does not know this key. Check that it is complete.',
  unreachable: 'The server does not answer. Try again in a moment.',
  connecting: 'Signing in…',
  away: {
    title: 'The server does not answer',
    explain: 'The desk tries again by itself. What you wrote is kept on this device.',
  },
  barred: {
    title: 'This key does not open the desk',
    explain: (role: string) =>
      `It is a key of the role “${role}”. The desk takes the key of an agent, a supervisor or an admin.`,
    leave: 'Use another key',
  },
  notDone: {
    'agent.accept': 'Not accepted',
    'agent.decline': 'Not declined',
    'agent.message': 'Not sent',
    'agent.note': 'Note not kept',
    'agent.transfer': 'Not transferred',
    'agent.handback': 'Not handed back',
    'agent.resolve': 'Not resolved',
  },
}
