import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vitest runs from the top; Vite itself builds the editor.
  root: process.env['VITEST'] === undefined ? `${import.meta.dirname}/editor` : import.meta.dirname,
  plugins: [react()],
  build: { outDir: `${import.meta.dirname}/dist/editor`, emptyOutDir: true, target: 'es2022' },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/driver/postgres-global.ts'],
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './test/tsconfig.json' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
