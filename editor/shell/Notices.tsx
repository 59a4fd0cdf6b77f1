import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

const NoticeList = lazy(() => import('./NoticeList.tsx').then(({ NoticeList }) => ({ default: NoticeList })))

/** What the page has to tell beside its work; loaded with the first thing there is to tell. */
export function Notices() {
  const [told, setTold] = useState(false)
  const { notifications } = useNotifications()
  if (!told && notifications.length > 0) setTold(true)
  return <Suspense fallback={null}>{told && <NoticeList />}</Suspense>
}
