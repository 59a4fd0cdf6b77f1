/** The words of `desk/session` and of what was not done. */
export const session = {
  title: 'Sign in to the desk',
  wasEnded: 'Not sent: you had been signed out. Send it again.',
  connecting: 'Signing in…',
  away: {
    title: 'The server does not answer',
    explain: 'The desk tries again by itself. What you wrote is kept on this device.',
  },
  barred: {
    title: 'The desk is not for this role',
    explain: (role: string) => `You are signed in as “${role}”. The desk is for agents, supervisors and admins.`,
    leave: 'Sign in as somebody else',
    editor: 'To the editor',
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
