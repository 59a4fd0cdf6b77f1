import type { EditorFigure } from '../figure.ts'
import { axe } from './axe.ts'
import { firstView } from './first-view.ts'
import { open } from './open.ts'
import { pan1000 } from './pan-1000.ts'
import { pan5000 } from './pan-5000.ts'
import { pan5000Near } from './pan-5000-near.ts'
import { problems } from './problems.ts'
import { typing } from './typing.ts'

/** THE list, in the order of the table. A new figure is its file and a line here. */
export const figures: readonly EditorFigure[] = [open, pan1000, pan5000, pan5000Near, typing, problems, firstView, axe]
