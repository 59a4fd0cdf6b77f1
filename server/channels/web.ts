import type { Channel } from './channel.ts'

/** The widget and whoever follows the stream: the log is their feed. */
export const web: Channel = { name: 'web', pushes: false, deliver: async () => undefined }
