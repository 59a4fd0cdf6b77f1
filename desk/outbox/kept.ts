/** What this page's device keeps. */
import { createKept } from './kept-in.ts'

export const kept = createKept(window.localStorage)
