import type { RoutingFigure } from '../figure.ts'
import { freed } from './freed.ts'
import { joins } from './joins.ts'
import { online } from './online.ts'

/** THE list, in the order of the table. A new figure is its file and a line here. */
export const figures: readonly RoutingFigure[] = [online, freed, joins]
