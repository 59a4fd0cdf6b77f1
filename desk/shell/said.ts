/** What is told in passing, at the edge of the page. */
import { notifications } from '@mantine/notifications'

interface Said {
  readonly tone: 'good' | 'warning' | 'plain'
  readonly title?: string
  readonly text: string
}

const colours = { good: 'green', warning: 'orange', plain: 'accent' } as const

export function say({ tone, title, text }: Said): void {
  notifications.show({
    ...(title === undefined ? {} : { title }),
    message: text,
    color: colours[tone],
    autoClose: tone === 'warning' ? 9_000 : 4_000,
    withBorder: true,
  })
}
