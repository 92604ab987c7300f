import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderNo, retail, startChargingWorld, type ChargingWorld } from '../support/charging.ts'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

let world: ChargingWorld
let folder: string
let tarball: string
beforeAll(async () => {
  world = await startChargingWorld()
  folder = await mkdtemp(join(tmpdir(), 'wugan-client-'))
  tarball = await pack()
})
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true })
})

/**
 * Packs a copy of client/, since packing changes its package.json for a moment and other tests may
 * import it.
 */
async function pack(): Promise<string> {
  const copy = join(folder, 'repository')
  await mkdir(copy)
  await cp(join(root, 'client'), join(copy, 'client'), {
    recursive: true,
    filter: (path) => !/\/client\/(node_modules|dist)$/.test(path),
  })
  await cp(join(root, 'tsconfig.json'), join(copy, 'tsconfig.json'))
  for (const modules of ['node_modules', 'client/node_modules'])
    await symlink(join(root, modules), join(copy, modules))
  await run('npm', ['pack', '--pack-destination', folder], { cwd: join(copy, 'client') })
  const { version } = JSON.parse(await readFile(join(root, 'client/package.json'), 'utf8')) as {
    version: string
  }
  return join(folder, `wugan-client-${version}.tgz`)
}

/**
 * What a merchant writes; Node runs it as it stands and the compiler reads it against the packed
 * types.
 */
const program = `import { answerOf, createClient, RefusedByServer, waitForCharge } from 'wugan-client'
const [url = '', key = '', contract = '', merchant_no = '', merchant_order_no = ''] = process.argv.slice(2)
const client = createClient({ url, key })
const charge = (amount_fen: number) =>
  answerOf(client.POST('/v1/charges', {
    params: { header: { 'idempotency-key': merchant_order_no } },
    body: { contract, merchant_no, merchant_order_no, amount_fen, description: 'Oolong tea' },
  }))
const accepted = await charge(350)
const settled = await waitForCharge(client, accepted.order_id, { every_ms: 100 })
const code = await charge(360).catch((error: unknown) => error instanceof RefusedByServer ? error.code : error)
console.log(JSON.stringify({ state: settled.state, amount_fen: settled.amount_fen, code }))
`

test('the packed client installs into an empty folder, has its types, charges and names a refusal by its code', async () => {
  const shop = join(folder, 'shop')
  await mkdir(shop)
  await writeFile(join(shop, 'package.json'), '{"private":true,"type":"module"}')
  await writeFile(join(shop, 'charge.ts'), program)
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], {
    cwd: shop,
  })
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  const strict = ['--strict', '--noEmit', '--target', 'ES2022', '--module', 'NodeNext']
  await run(join(root, 'node_modules/.bin/tsc'), [...types, ...strict, 'charge.ts'], { cwd: shop })
  const { contract } = await world.signed()
  const { stdout } = await run(
    process.execPath,
    ['charge.ts', world.url, world.merchant_secret, contract, retail, orderNo()],
    { cwd: shop },
  )
  expect(JSON.parse(stdout)).toEqual({
    state: 'succeeded',
    amount_fen: 350,
    code: 'idempotency_key_reused',
  })
})

test('publint finds nothing wrong with the packed client', async () => {
  const bytes = await readFile(tarball)
  const { messages } = await publint({
    pack: { tarball: Uint8Array.from(bytes).buffer },
    strict: true,
  })
  expect(messages).toEqual([])
})
