/** The words of `desk/presence`. */
export const presence = {
  online: 'Online',
  away: 'Away',
  offline: 'Offline',
  help: {
    online: 'New conversations are offered to you',
    away: 'You keep yours; nothing new is offered',
    offline: 'Yours go back to the queue',
  },
  label: (presence: string, load: number, capacity: number) =>
    `You are ${presence.toLowerCase()}, ${load} of ${capacity} conversations. Change`,
  reading: 'You read along',
  load: (load: number, capacity: number) => `${load} of ${capacity}`,
  device: 'On this device',
  sound: 'Ring when something is offered',
  notices: 'Notices of the browser',
  noticesAsk: 'Turn on notices…',
  noticesDenied: 'Notices are blocked in the browser’s settings',
  answersAs: 'You answer as',
  nobody: 'Nobody: read along only',
  missed: 'You are away: offers to you rang and nobody answered. Nothing is offered to you until you are back.',
  back: 'I am back',
  failed: 'Your presence could not be changed',
  heldStay: (count: number) =>
    count === 1 ? 'Your conversation goes back to the queue.' : `Your ${count} conversations go back to the queue.`,
  confirmOffline: {
    title: 'Go offline?',
    submit: 'Go offline',
    stay: 'Stay',
  },
}
