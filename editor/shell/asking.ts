import { lazy, type ComponentType } from 'react'

/** A component that is fetched when first shown, together with what keeps the server's answers for it. */
export function asking(fetchContent: () => Promise<ComponentType>) {
  return lazy(async () => {
    const [{ queried }, Content] = await Promise.all([import('./queried.tsx'), fetchContent()])
    return { default: queried(Content) }
  })
}
