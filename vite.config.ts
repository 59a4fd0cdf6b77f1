import react from '@vitejs/plugin-react'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const top = import.meta.dirname

/** What `vite build --mode <app>` builds, each from its own folder into its own; the editor when no mode is named. */
const apps: Readonly<Record<string, ViteUserConfig>> = {
  editor: { root: `${top}/editor`, plugins: [react()], build: { outDir: `${top}/dist/editor` } },
  desk: { root: `${top}/desk`, base: '/desk/', plugins: [react()], build: { outDir: `${top}/dist/desk` } },
  widget: {
    root: `${top}/widget`,
    // The demo page and its files go along as they are.
    publicDir: `${top}/widget/demo`,
    build: {
      outDir: `${top}/dist/widget`,
      lib: { entry: `${top}/widget/element.ts`, formats: ['iife'], name: 'batonChat', fileName: () => 'widget.js' },
    },
  },
}

export default defineConfig(({ mode }) =>
  // Vitest runs from the top.
  process.env['VITEST'] === undefined ? build(apps[mode] ?? apps['editor']) : test,
)

function build(app: ViteUserConfig | undefined): ViteUserConfig {
  return {
    ...app,
    build: { ...app?.build, emptyOutDir: true, target: 'es2022' },
  }
}

const test: ViteUserConfig = {
  plugins: [react()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/driver/postgres-global.ts'],
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './test/tsconfig.json' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}
