/** Notices of the browser: asked for by a person's own click, shown only while nobody looks at the page. */
import { settings } from '../settings/settings.ts'

export function noticesState(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission
}

export async function askForNotices(): Promise<void> {
  if (noticesState() === 'denied') return
  settings.set({ notices: (await Notification.requestPermission()) === 'granted' })
}

/** `tag`: a later notice of the same one replaces it. */
export function notice(title: string, body: string, tag: string, onClick: () => void): void {
  if (!document.hidden || !settings.state().notices || noticesState() !== 'granted') return
  try {
    const shown = new Notification(title, { body, tag })
    shown.onclick = () => {
      window.focus()
      onClick()
      shown.close()
    }
  } catch {
    // Some phones know the word but not the thing: the ring and the title remain.
    return
  }
}
