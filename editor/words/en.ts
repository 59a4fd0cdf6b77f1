/**
 * Every word the editor shows, in English, one file for each folder of the editor in `en/`. What the engine's kinds say
 * about themselves is theirs. Another language is another object of the type `Words`.
 */
import { canvas } from './en/canvas.ts'
import { document } from './en/document.ts'
import { insights } from './en/insights.ts'
import { inspector } from './en/inspector.ts'
import { problems } from './en/problems.ts'
import { shell } from './en/shell.ts'
import { simulate } from './en/simulate.ts'
import { start } from './en/start.ts'
import { versions } from './en/versions.ts'

export const words = { canvas, document, insights, inspector, problems, shell, simulate, start, versions }
export type Words = typeof words
