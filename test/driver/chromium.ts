/**
 * A Chromium that comes by npm (`@sparticuz/chromium`), with the libraries and the font that a bare machine has not: no
 * package of the system is wanted. It is unpacked once, into a folder that is renamed when all of it is there, so that an
 * unpacking which broke off is never started. Where that build does not run (not Linux on x64), the Chrome of the machine
 * is taken; where there is none, the browser tests are skipped and say so.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'

const root = join(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/baton')
const comesByNpm = process.platform === 'linux' && process.arch === 'x64'

/** Starts it without its sandbox: tests open only pages of ours, and in containers they run as root. */
export async function startChromium(): Promise<Browser> {
  return chromium.launch(comesByNpm ? await unpackedOptions() : { channel: 'chrome' })
}

/** Whether there is one to start. */
export async function hasChromium(): Promise<boolean> {
  if (comesByNpm) return true
  return startChromium().then(
    (browser) => browser.close().then(() => true),
    () => false,
  )
}

async function unpackedOptions(): Promise<LaunchOptions> {
  const folder = await unpacked()
  return {
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: {
      ...process.env,
      // Its own libraries, also where the machine has them: the same everywhere.
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

async function unpacked(): Promise<string> {
  const folder = join(cache, `chromium-${versionOf('@sparticuz/chromium')}`)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const unpacking = await mkdtemp(join(cache, 'unpacking-'))
  try {
    await unpackInto(unpacking)
    await writeFile(join(unpacking, 'fonts.conf'), fontsAt(folder))
    await rename(unpacking, folder)
  } catch (error) {
    await rm(unpacking, { recursive: true, force: true })
    // Another test file was quicker.
    if (!existsSync(folder)) throw error
  }
  return folder
}

/**
 * The package unpacks into the temporary folder, the libraries only where it takes the machine for Amazon's: in a
 * process of its own it is told both.
 */
async function unpackInto(folder: string): Promise<void> {
  const unpack = 'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath()'
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
}

/** The same font on every machine. */
function fontsAt(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>
`
}

function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, 'version')) : ''
}
