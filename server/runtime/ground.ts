/**
 * What a runtime stands on outside of its own code: the database, its line to the other nodes, and who runs its jobs. A
 * simulation brings a ground of its own, on which each step happens when it says so.
 */
import { connect } from '../store/database.ts'
import { runJobs } from './jobs.ts'
import { openLine } from './line.ts'

export interface Ground {
  readonly connect: typeof connect
  readonly openLine: typeof openLine
  readonly runJobs: typeof runJobs
}

export const realGround: Ground = { connect, openLine, runJobs }
