/**
 * Configuration by environment. A wrong value stops the start with a sentence that names the variable and the cure; an
 * empty one counts as unset.
 */
import { z } from 'zod'
import type { Rates } from './http/rate.ts'
import { readRoles, type OidcConfig } from './identity/oidc.ts'
import { readAllowList, type AllowList } from './network/index.ts'
import type { TracingConfig } from './operation/tracing.ts'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

export interface Config {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly flowsDir: string
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined
  readonly adminKey: string | undefined
  /** What encrypts secrets in the database, the newest first; empty: they lie there as they are. */
  readonly secretKeys: readonly string[]
  readonly rates: Rates
  readonly logLevel: (typeof logLevels)[number]
  readonly corsOrigins: readonly string[]
  /** Where outgoing requests may go although it is inside. */
  readonly outboundAllow: AllowList
  /** How many proxies of one's own stand before Baton, whose X-Forwarded-For is believed. */
  readonly proxies: number
  /** What signs the identities of customers; undefined: one of the data folder. */
  readonly identitySecret: string | undefined
  /** Undefined: no mail is sent. */
  readonly mail: MailConfig | undefined
  /** Undefined: no model suggests replies. */
  readonly suggest: SuggestConfig | undefined
  /** Undefined: nobody signs in by a provider. */
  readonly oidc: OidcConfig | undefined
  /** Seconds in which a server that was told to stop still serves, so that a load balancer hears that it is not ready. */
  readonly drainSeconds: number
  /** Days that conversations are kept after they have ended; undefined: for ever. */
  readonly retentionDays: number | undefined
  /** Undefined: no traces are taken. */
  readonly tracing: TracingConfig | undefined
}

/** Where mail goes out, and from whom it is. */
export interface MailConfig {
  readonly url: string
  readonly from: string
}

/** An OpenAI-compatible endpoint that suggests replies to agents. */
export interface SuggestConfig {
  readonly url: string
  readonly key: string | undefined
  readonly model: string
}

/** Why the server does not start, in a sentence that names the cure. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Reads the configuration; throws a `StartError` with a sentence for every wrong variable. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const read = variables.safeParse(given)
  if (!read.success)
    throw new StartError(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'))
  const { data } = read
  const outbound = readAllowList(data.OUTBOUND_ALLOW)
  if (outbound.fault !== undefined) throw new StartError(outbound.fault)
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: data.DATA_DIR,
    flowsDir: data.FLOWS_DIR,
    databaseUrl: data.DATABASE_URL,
    adminKey: data.BATON_ADMIN_KEY,
    secretKeys: data.BATON_SECRET_KEY,
    rates: {
      customer: data.RATE_LIMIT,
      key: data.RATE_LIMIT_KEYS,
      visitor: data.WIDGET_STARTS,
      stranger: data.WRONG_KEYS,
    },
    logLevel: data.LOG_LEVEL,
    corsOrigins: data.CORS_ORIGINS,
    outboundAllow: outbound.allow,
    proxies: data.TRUSTED_PROXIES,
    identitySecret: data.WIDGET_IDENTITY_SECRET,
    mail: mailOf(data),
    suggest: suggestOf(data),
    oidc: oidcOf(data),
    drainSeconds: data.DRAIN_SECONDS,
    retentionDays: data.RETENTION_DAYS,
    tracing: tracingOf(data),
  }
}

type Variables = z.output<typeof variables>

function mailOf({ SMTP_URL: url, MAIL_FROM: from }: Variables): MailConfig | undefined {
  if (url === undefined) return undefined
  if (from === undefined)
    throw new StartError('MAIL_FROM is missing; set it to the sender of mails, such as Shop <chat@shop.example>.')
  return { url, from }
}

function tracingOf({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_HEADERS: headers,
  OTEL_SERVICE_NAME: service,
  OTEL_TRACES_SAMPLER_ARG: share,
}: Variables): TracingConfig | undefined {
  return endpoint === undefined ? undefined : { endpoint, headers, service, share }
}

function suggestOf({ SUGGEST_URL: url, SUGGEST_KEY: key, SUGGEST_MODEL: model }: Variables): SuggestConfig | undefined {
  if (url === undefined) return undefined
  if (model === undefined)
    throw new StartError('SUGGEST_MODEL is missing; set it to the name of a model that SUGGEST_URL serves.')
  return { url: url.replace(/\/+$/, ''), key, model }
}

function oidcOf({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_NAME: name,
  OIDC_CLAIM: claim,
  OIDC_ROLES: roles,
  OIDC_CALLBACK: callback,
}: Variables): OidcConfig | undefined {
  if (issuer === undefined) return undefined
  if (clientId === undefined)
    throw new StartError('OIDC_CLIENT_ID is missing; set it to what the provider calls Baton.')
  if (clientSecret === undefined)
    throw new StartError('OIDC_CLIENT_SECRET is missing; set it to the secret that the provider gave for Baton.')
  if (roles === undefined)
    throw new StartError(
      'OIDC_ROLES is missing; set it to who may do what, such as baton-agents=agent,baton-admins=admin.',
    )
  return { issuer, clientId, clientSecret, name: name ?? new URL(issuer).hostname, claim, roles, callback }
}

const variables = z.object({
  PORT: whole(0, 65_535, 'set it to a port from 0 to 65535, such as 3000 (0: any free one)').default(3_000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'is not an address to listen on; set it to one such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  FLOWS_DIR: z.string().default('./flows'),
  DATABASE_URL: z
    .string()
    .refine(
      isPostgres,
      'is not the address of a PostgreSQL; set it to one such as postgres://user:password@host:5432/baton, ' +
        'or unset it to use the embedded one',
    )
    .optional(),
  BATON_ADMIN_KEY: z
    .string()
    .regex(
      /^[!-~]{8,500}$/,
      'is not a key; set it to 8 characters or more, without spaces, or unset it to have one made',
    )
    .optional(),
  BATON_SECRET_KEY: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .refine(
      (keys) => keys.every((key) => /^[!-~]{32,500}$/.test(key)),
      'is not a key; set it to 32 characters or more, such as `openssl rand -base64 32` prints ' +
        '(to replace it: the new one and the old one, parted by a comma)',
    )
    .default([]),
  RATE_LIMIT: whole(
    0,
    1_000_000,
    'set it to the requests a second that one customer may make, such as 50 (0: no limit)',
  ).default(50),
  RATE_LIMIT_KEYS: whole(
    0,
    1_000_000,
    'set it to the requests a second that one key may make, such as 1000 (0: no limit)',
  ).default(0),
  LOG_LEVEL: z.enum(logLevels, `is not a level; set it to one of ${logLevels.join(', ')}`).default('info'),
  CORS_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      'is not a list of origins; set it to some such as https://example.com,https://shop.example.com (or * for any)',
    )
    .default([]),
  OUTBOUND_ALLOW: z.string().default(''),
  TRUSTED_PROXIES: whole(0, 10, 'set it to how many proxies of yours stand before Baton, such as 1').default(0),
  WIDGET_STARTS: whole(
    0,
    1_000_000,
    'set it to the conversations a minute that one address may begin by the widget, such as 60 (0: no limit)',
  ).default(60),
  WRONG_KEYS: whole(
    0,
    1_000_000,
    'set it to the wrong keys a minute that one address may send, such as 60 (0: no limit)',
  ).default(60),
  WIDGET_IDENTITY_SECRET: z
    .string()
    .min(32, 'is too short to sign with; set it to 32 characters or more, or unset it to have one made')
    .optional(),
  SMTP_URL: z
    .string()
    .refine(
      isSmtp,
      'is not the address of a mail server; set it to one such as smtps://user:password@mail.example.com:465',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'is not a sender; set it to one such as Shop <chat@shop.example>')
    .optional(),
  SUGGEST_URL: z
    .string()
    .refine(isHttp, 'is not an http or https address; set it to one such as https://api.example.com/v1')
    .optional(),
  SUGGEST_KEY: z
    .string()
    .regex(/^[!-~]+$/, 'is not a key; set it to one without spaces')
    .optional(),
  SUGGEST_MODEL: z.string().optional(),
  OIDC_ISSUER: z
    .string()
    .refine(
      isIssuer,
      'is not the https address of a provider; set it to one such as https://login.example.com (http on this machine only)',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, 'is too long for a button; set it to 60 characters at most').optional(),
  OIDC_CLAIM: z.string().default('groups'),
  OIDC_ROLES: z
    .string()
    .transform((text, context) => {
      const read = readRoles(text)
      if (read) return read
      context.addIssue({
        code: 'custom',
        message:
          'is not a list of rules; set it to some such as baton-agents=agent,baton-admins=admin ' +
          '(roles of people: admin, designer, supervisor, agent)',
      })
      return z.NEVER
    })
    .optional(),
  OIDC_CALLBACK: z
    .string()
    .refine(
      (text) => isHttp(text) && new URL(text).pathname.endsWith('/v1/session/oidc/callback'),
      'is not the address to come back to; set it to one such as https://desk.example.com/v1/session/oidc/callback',
    )
    .optional(),
  DRAIN_SECONDS: whole(
    0,
    300,
    'set it to the seconds in which a load balancer hears that the server stops, such as 5',
  ).default(0),
  RETENTION_DAYS: whole(
    1,
    36_500,
    'set it to the days that ended conversations are kept, such as 365, or unset it to keep them',
  ).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isHttp, 'is not the address of a collector; set it to one such as http://127.0.0.1:4318')
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(
      /^[^=,\s]+=[^,\r\n]*(,[^=,\s]+=[^,\r\n]*)*$/,
      'is not a list of headers; set it to one such as api-key=secret',
    )
    .transform((text) => Object.fromEntries(text.split(',').map(pairOf)))
    .default({}),
  OTEL_SERVICE_NAME: z.string().max(200).default('baton'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'is not a share of traces; set it to a number from 0 to 1, such as 0.1')
    .transform(Number)
    .default(1),
})

/** As OpenTelemetry writes headers: values are percent-encoded. */
function pairOf(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  const [name, value] = [text.slice(0, at), text.slice(at + 1)]
  try {
    return [name, decodeURIComponent(value)]
  } catch {
    return [name, value]
  }
}

function whole(least: number, largest: number, cure: string) {
  const message = `is not a number that fits; ${cure}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= largest, message)
}

function isPostgres(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
}

function isSmtp(text: string): boolean {
  return URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function isIssuer(text: string): boolean {
  if (!isHttp(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

function isOrigin(text: string): boolean {
  return text === '*' || (URL.canParse(text) && new URL(text).origin === text)
}
