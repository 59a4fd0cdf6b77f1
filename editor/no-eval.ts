/** Zod looks whether it may compile its schemas; the policy of the page forbids that, and would report each look. */
import { config } from 'zod'

config({ jitless: true })
