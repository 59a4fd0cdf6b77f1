import type { HandoffFigure } from '../figure.ts'
import { accept } from './accept.ts'
import { axe } from './axe.ts'
import { feeds } from './feeds.ts'
import { screens } from './screens.ts'
import { widgetReady } from './widget-ready.ts'
import { widgetSize } from './widget-size.ts'

/** THE list, in the order of the table. A new figure is its file and a line here. */
export const figures: readonly HandoffFigure[] = [screens, feeds, widgetSize, widgetReady, accept, axe]
