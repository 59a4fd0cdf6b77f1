import type { ReactNode } from 'react'
import { Boundary as Kept } from '#ui/kit/Boundary.tsx'
import { words } from '../words/en.ts'

/** Keeps a part of the page that stopped from taking the others along. */
export function Boundary({ children }: { readonly children: ReactNode }) {
  return <Kept words={words.shell.crash}>{children}</Kept>
}
