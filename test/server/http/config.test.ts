import { expect, test } from 'vitest'
import { readConfig, StartError } from '#server/config.ts'

test('without any variable the server has sensible values', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: './data',
    flowsDir: './flows',
    databaseUrl: undefined,
    adminKey: undefined,
    secretKeys: [],
    rates: { customer: 50, key: 0, visitor: 60, stranger: 60 },
    logLevel: 'info',
    corsOrigins: [],
    outboundAllow: new Set(),
    proxies: 0,
    identitySecret: undefined,
    mail: undefined,
    suggest: undefined,
    drainSeconds: 0,
    retentionDays: undefined,
    tracing: undefined,
  })
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', HOST: ' ', BATON_ADMIN_KEY: '' })).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    adminKey: undefined,
  })
})

test('traces are taken where a collector is named, with the headers that it asks for', () => {
  expect(
    readConfig({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b,x=1=2',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    }).tracing,
  ).toEqual({
    endpoint: 'http://127.0.0.1:4318',
    headers: { 'api-key': 'a b', x: '1=2' },
    service: 'baton',
    share: 0.25,
  })
})

test.each([
  ['DRAIN_SECONDS', '301', /^DRAIN_SECONDS is not a number that fits; set it to the seconds/],
  ['RETENTION_DAYS', '0', /^RETENTION_DAYS is not a number that fits; set it to the days/],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', /^OTEL_EXPORTER_OTLP_ENDPOINT is not the address of a collector/],
  ['OTEL_TRACES_SAMPLER_ARG', '2', /^OTEL_TRACES_SAMPLER_ARG is not a share of traces/],
  ['PORT', 'abc', /^PORT is not a number that fits; set it to a port/],
  ['PORT', '70000', /^PORT is not a number that fits/],
  ['PORT', '-1', /^PORT/],
  ['HOST', 'http://x', /^HOST is not an address/],
  ['DATABASE_URL', 'mysql://x', /^DATABASE_URL is not the address of a PostgreSQL/],
  ['DATABASE_URL', 'nonsense', /^DATABASE_URL/],
  ['BATON_ADMIN_KEY', 'short', /^BATON_ADMIN_KEY is not a key/],
  ['RATE_LIMIT', '5/s', /^RATE_LIMIT is not a number/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL is not a level; set it to one of/],
  ['CORS_ORIGINS', 'example.com', /^CORS_ORIGINS is not a list of origins/],
  ['CORS_ORIGINS', 'https://example.com/', /^CORS_ORIGINS/],
  ['OUTBOUND_ALLOW', 'everything', /^OUTBOUND_ALLOW holds/],
  ['TRUSTED_PROXIES', 'many', /^TRUSTED_PROXIES is not a number that fits; set it to how many proxies/],
  ['BATON_SECRET_KEY', 'short', /^BATON_SECRET_KEY is not a key; set it to 32 characters or more/],
  ['WRONG_KEYS', 'many', /^WRONG_KEYS is not a number that fits/],
  ['WIDGET_STARTS', '-5', /^WIDGET_STARTS is not a number that fits/],
  ['WIDGET_IDENTITY_SECRET', 'short', /^WIDGET_IDENTITY_SECRET is too short/],
  ['SMTP_URL', 'mail.example.com', /^SMTP_URL is not the address of a mail server; set it to one such as smtps:/],
  ['SMTP_URL', 'smtp://mail.example.com', /^MAIL_FROM is missing; set it to the sender/],
  ['SUGGEST_URL', 'ftp://x', /^SUGGEST_URL is not an http or https address/],
  ['SUGGEST_URL', 'https://api.example.com/v1', /^SUGGEST_MODEL is missing/],
])('%s=%s stops the start with a sentence that names it and the cure', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(StartError)
  expect(() => readConfig({ [name]: value })).toThrow(sentence)
})

test('several wrong variables are named together', () => {
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[^\n]+\nLOG_LEVEL/)
})

test('lists are read as lists', () => {
  expect(readConfig({ CORS_ORIGINS: 'https://a.example, http://localhost:5173' }).corsOrigins).toEqual([
    'https://a.example',
    'http://localhost:5173',
  ])
})
