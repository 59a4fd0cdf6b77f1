/** All that a server tells of its work, opened together: figures, traces where they are on, and a line a request. */
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Network } from '../network/index.ts'
import { createMeters, type Meters } from './meters.ts'
import { createRequests, type Requests } from './requests.ts'
import { createTelemetry, tellingNetwork, type Telemetry } from './telemetry.ts'

export interface Telling {
  readonly meters: Meters
  readonly telemetry: Telemetry
  readonly requests: Requests
  /** The same way out, told of. */
  network(network: Network): Network
  /** Sends what is left. */
  close(): Promise<void>
}

export async function openTelling({ tracing: config }: Pick<Config, 'tracing'>, log: Logger): Promise<Telling> {
  // Loaded only where it is on: it is the largest of all parts.
  const tracing = config && (await import('./tracing.ts')).createTracing(config, log)
  const meters = createMeters()
  return {
    meters,
    telemetry: createTelemetry(meters, tracing),
    requests: createRequests(log, meters, tracing),
    network: (network) => tellingNetwork(network, meters, tracing),
    close: async () => tracing?.close(),
  }
}
